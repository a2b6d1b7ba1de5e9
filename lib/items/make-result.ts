import "server-only";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";
import { StorageError } from "@/lib/errors";
import { keepImage } from "@/lib/images/mutations";
import { PixelProcessDied } from "@/lib/images/process/failures";
import { pixelPool } from "@/lib/images/process/shared-pool";
import { log } from "@/lib/log";
import { findModel } from "@/lib/models/registry";
import { type ImageModel, type MadeImage, type MakeRequest, ModelError } from "@/lib/models/types";
import { DEFAULT_PROVIDER } from "@/lib/sessions/constants";
import { storage } from "@/lib/storage";
import { resultKey } from "@/lib/storage/keys";
import { isStorageTrouble } from "@/lib/storage/trouble";
import { RUN_LEASE_SECONDS } from "./constants";
import { type AttemptToMake, type BegunAttempt, claimSend, renewLease } from "./mutations/begin-attempt";
import type { FailedOutcome, Outcome } from "./outcome";

/**
 * Calls the model and stores what it made, as one step: pixels never leave this function. Never throws for what a
 * picture, a model or the disk did; the answer says it.
 */
export async function makeResult(begun: BegunAttempt): Promise<Outcome> {
  const attempt = await claimSend(begun);
  if (!attempt) return { kind: "stale" };
  const workDir = join(env().DATA_DIR, "work", begun.attemptId);
  const lease = keepLease({ itemId: attempt.itemId, leaseToken: begun.leaseToken });
  try {
    await mkdir(workDir, { recursive: true });
    const made = await callModel(attempt, workDir, lease.signal);
    return await storeResult(attempt, begun.attemptId, made, workDir, lease.signal);
  } catch (error) {
    return lease.signal.aborted ? { kind: "stale" } : describeFailure(error);
  } finally {
    lease.stop();
    await rm(workDir, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function callModel(attempt: AttemptToMake, workDir: string, signal: AbortSignal): Promise<MadeImage> {
  const model = findModel(attempt.model);
  if (!model) {
    throw new ModelError(
      "bad_request",
      `The model “${attempt.model}” is not here any more. Choose another one.`,
    );
  }
  if (!attempt.prompt)
    throw new ModelError("bad_request", "This image has no prompt. Write one, then retry.");
  const file = attempt.source ? await storage().localFile(attempt.source.key) : null;
  if (attempt.source && !file) {
    throw new ModelError(
      "bad_request",
      "The bytes of the source are gone from the storage. Add the file again.",
    );
  }
  try {
    const source = attempt.source && file ? { ...attempt.source, path: file.path } : null;
    const request = {
      prompt: attempt.prompt,
      output: attempt.output,
      seed: attempt.seed,
      source,
      workDir,
      references: [],
      mask: null,
      provider: DEFAULT_PROVIDER,
      attemptId: attempt.itemId,
      endUser: attempt.ownerId,
    };
    return await makeWith(model, request, signal);
  } finally {
    await file?.release();
  }
}

function makeWith(model: ImageModel, request: MakeRequest, signal: AbortSignal): Promise<MadeImage> {
  return model.isolated ? pixelPool().make(request, { signal }) : model.make(request, { signal, send: async () => undefined });
}

async function storeResult(
  attempt: AttemptToMake,
  attemptId: string,
  made: MadeImage,
  workDir: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const probed = await pixelPool().probe(made.path, join(workDir, "probe"), { signal });
  if (!probed.ok) {
    log.warn("a result was refused", { attemptId, code: probed.refusal.code });
    throw new ModelError("unknown", "The model answered with something that is no usable picture. Retry.", {
      details: probed.refusal.code,
      charge: made.cost > 0 ? "charged" : "none",
    });
  }
  const key = resultKey(attempt.ownerId, attemptId);
  const imageId = await keepImage({ ownerId: attempt.ownerId, image: probed.image, key, stored: false });
  const { modelVersion, requestId, cost, usage, used, notes } = made;
  return { kind: "made", imageId, modelVersion, requestId, cost, usage, used, notes };
}

/** Renews the lease while the work lasts; the signal fires when it is lost. */
function keepLease(lease: { itemId: string; leaseToken: string }) {
  const lost = new AbortController();
  const timer = setInterval(
    async () => {
      // A database that is away answers nothing; the token decides at the end.
      const kept = await renewLease(lease).catch(() => true);
      if (!kept) lost.abort();
    },
    (RUN_LEASE_SECONDS * 1000) / 3,
  );
  return { signal: lost.signal, stop: () => clearInterval(timer) };
}

function describeFailure(error: unknown): Outcome {
  if (isStorageTrouble(error)) return { kind: "storage", words: storageWords(error) };
  if (error instanceof ModelError) {
    const { details = null, charge = "none", retryAfterMs = 0 } = error.extra;
    return failed({ code: error.code, words: error.words, details, charge, retryAfterMs });
  }
  if (error instanceof PixelProcessDied) return failed(describeDeath(error));
  log.error("an item failed for an unknown reason", { error });
  return failed({
    code: "unknown",
    words: "Something unexpected stopped this image. Your input is kept. Retry.",
  });
}

function storageWords(error: unknown): string {
  return error instanceof StorageError
    ? error.words
    : "The disk is full. Free some space; work goes on by itself.";
}

function describeDeath({ reason }: PixelProcessDied): Pick<FailedOutcome, "code" | "words"> {
  switch (reason) {
    case "memory":
      return {
        code: "bad_request",
        words: "This image needs more memory than there is. Make it smaller, then retry.",
      };
    case "timeout":
      return {
        code: "bad_request",
        words: "This image took longer than 2 minutes. Make it smaller, then retry.",
      };
    case "crashed":
      return {
        code: "crashed",
        words: "This image stopped the editor. The other images go on. Export it again, then retry.",
      };
  }
}

function failed(facts: Pick<FailedOutcome, "code" | "words"> & Partial<FailedOutcome>): FailedOutcome {
  return { kind: "failed", details: null, charge: "none", cost: 0, retryAfterMs: 0, ...facts };
}
