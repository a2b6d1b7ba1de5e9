import "server-only";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { whileDatabaseAway } from "@/lib/database-away";
import { keepImage } from "@/lib/images/mutations";
import { pixelPool } from "@/lib/images/process/shared-pool";
import { log } from "@/lib/log";
import { type MadeImage, ModelError } from "@/lib/models/types";
import { pauseForStorage } from "@/lib/sessions/mutations/pause-for-storage";
import { storage } from "@/lib/storage";
import { resultKey } from "@/lib/storage/keys";
import { isStorageTrouble } from "@/lib/storage/trouble";
import { SendLost } from "./call-model";
import { asItCame, fitResult } from "./fit-result";
import type { Job } from "./make-result";
import { markReceived } from "./mutations/send-attempt";
import type { Outcome } from "./outcome";
import type { ReceivedAnswer } from "./types";

/** How often storing what was paid for is tried again while the disk is full. */
const STORE_AGAIN_MS = 2_000;

/** Stores the bytes of an answer that took money under the attempt's key, writes that down, then looks at them. */
export async function receiveResult(job: Job, { path, observed, ...received }: MadeImage): Promise<Outcome> {
  const { attempt, begun } = job;
  const key = resultKey(attempt.ownerId, begun.attemptId);
  await whileStorageAway(job, () => storage().putFile(key, path));
  if (!(await whileDatabaseAway(() => markReceived(begun, received)))) {
    await storage().delete([key]);
    throw new SendLost();
  }
  const outcome = await whileStorageAway(job, () => finishReceived(job, received));
  return outcome.kind === "made" || outcome.kind === "failed" ? { ...outcome, observed } : outcome;
}

/** What was paid for stays in hand until it can be stored; the session meanwhile sends nothing more. */
async function whileStorageAway<T>({ begun, signal }: Job, work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isStorageTrouble(error) || signal.aborted) throw error;
      if (tries === 0) {
        log.warn("a paid result waits for the storage", { attemptId: begun.attemptId, error });
        await pauseForStorage(begun.sessionId).catch(() => undefined);
      }
      await sleep(STORE_AGAIN_MS, undefined, { signal });
    }
  }
}

/** Goes on where a crash left off: the answer is stored, so the model is not asked again. */
export function finishAfterCrash(job: Job, received: ReceivedAnswer): Promise<Outcome> {
  return whileStorageAway(job, () => finishReceived(job, received));
}

/** From stored bytes to a result: fitted to what was asked for, probed and thumbnailed like an upload. */
async function finishReceived(job: Job, { image, ...received }: ReceivedAnswer): Promise<Outcome> {
  if (image) {
    const { id: imageId, width, height } = image;
    return { kind: "made", imageId, ...received, used: { ...received.used, width, height } };
  }
  const key = resultKey(job.attempt.ownerId, job.begun.attemptId);
  const file = await storage().localFile(key);
  if (!file) {
    throw new ModelError(
      "unknown",
      "The result was stored and is gone from the storage. Retry to make it again.",
      {
        charge: received.cost > 0 ? "charged" : "none",
        cost: received.cost,
      },
    );
  }
  try {
    return await storeResult(job, { ...received, path: file.path }, { key });
  } finally {
    await file.release();
  }
}

/** Probes what a model made and stores it. `at` names the key that holds these very bytes already. */
export async function storeResult(
  { attempt, begun, workDir, signal }: Job,
  { path: asMade, fit = false, observed, ...made }: MadeImage,
  at: { key: string } | null = null,
): Promise<Outcome> {
  const path = fit ? await fitResult(asMade, { output: attempt.settings.output, workDir, signal }) : asMade;
  const probed = await pixelPool().probe(path, join(workDir, "probe"), { signal });
  if (!probed.ok) {
    log.warn("a result was refused", { attemptId: begun.attemptId, code: probed.refusal.code });
    if (at) await storage().delete([at.key]);
    throw new ModelError("unknown", "The model answered with something that is no usable picture. Retry.", {
      details: probed.refusal.code,
      requestId: made.requestId ?? undefined,
      charge: made.cost > 0 ? "charged" : "none",
      cost: made.cost,
      observed,
    });
  }
  const { image } = probed;
  const key = resultKey(attempt.ownerId, begun.attemptId);
  const stored = at !== null && image.keep === asMade;
  const { imageId, spare } = await keepImage({ ownerId: attempt.ownerId, image, key, stored });
  const { width, height } = image;
  const notes = fit && path === asMade ? [...made.notes, asItCame(image)] : made.notes;
  if (at)
    await whileDatabaseAway(() =>
      markReceived(begun, { ...made, notes, image: { id: imageId, width, height } }),
    );
  if (spare) await storage().delete([spare]);
  const used = { ...made.used, width, height };
  return { kind: "made", imageId, ...made, notes, used, observed };
}
