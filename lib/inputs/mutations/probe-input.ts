import "server-only";
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { type Input, inputs } from "@/db/schema";
import { whileDatabaseAway } from "@/lib/database-away";
import { env } from "@/lib/env";
import { transact } from "@/lib/events";
import { sha256OfFile } from "@/lib/images/fingerprints";
import { keepImage } from "@/lib/images/mutations";
import { PixelProcessDied } from "@/lib/images/process/failures";
import { pixelPool } from "@/lib/images/process/shared-pool";
import type { ProbedImage, Refusal } from "@/lib/images/types";
import { currentWorkerId } from "@/lib/limits/worker-identity";
import { changeSession } from "@/lib/sessions/mutations/change-session";
import { storage } from "@/lib/storage";
import { directInputOf, newUploadKey } from "@/lib/storage/keys";
import { isStorageTrouble } from "@/lib/storage/trouble";
import { MAX_DECODER_CRASHES, STORAGE_RETRY_SECONDS } from "../constants";
import { removeOlderMasks } from "./copy-mask";

type Verdict = { uploadSha256?: string } & (
  | { kind: "ready"; imageId: string; notices: string[]; useless: string[] }
  | { kind: "refused"; refusal: Refusal }
  | { kind: "crashed" }
);

/** Looks at one uploaded file and makes it a ready input or a refused one. Does nothing when its turn is over. */
export async function probeInput({ inputId, probe }: { inputId: string; probe: number }): Promise<void> {
  const [input] = await db()
    .update(inputs)
    .set({ probeWorkerId: currentWorkerId() ?? randomUUID() })
    .where(
      and(
        eq(inputs.id, inputId),
        eq(inputs.state, "probing"),
        eq(inputs.probes, probe),
        sql`${inputs.probeLeaseUntil} is not null`,
        sql`${inputs.probeWorkerId} is null`,
      ),
    )
    .returning();
  if (!input) return;
  try {
    const verdict = await look(input);
    await whileDatabaseAway(() => settleProbe(input, verdict));
  } catch (error) {
    if (!isStorageTrouble(error)) throw error;
    await tryLater(input);
  }
}

/** A full disk says nothing about the file. */
async function tryLater(input: Input) {
  await db()
    .update(inputs)
    .set({
      probeWorkerId: null,
      probeLeaseUntil: sql`now() + make_interval(secs => ${STORAGE_RETRY_SECONDS})`,
    })
    .where(and(eq(inputs.id, input.id), eq(inputs.probes, input.probes)));
}

async function look(input: Input): Promise<Verdict> {
  const workDir = join(env().DATA_DIR, "work", `${input.id}-${input.probes}`);
  const file = input.uploadKey ? await storage().localFile(input.uploadKey) : null;
  if (!file || !input.uploadKey) return { kind: "refused", refusal: { code: "UPLOAD_LOST", facts: {} } };
  try {
    // What a browser sent straight to the storage was read by nobody before.
    const uploadSha256 = input.uploadSha256 ?? (await sha256OfFile(file.path));
    const result = await pixelPool().probe(file.path, workDir);
    if (!result.ok) return { kind: "refused", refusal: result.refusal, uploadSha256 };
    const { image } = result;
    const kept = await keep(input, { image, uploadKey: input.uploadKey, uploadPath: file.path });
    return { ...kept, uploadSha256 };
  } catch (error) {
    if (error instanceof PixelProcessDied) return describeDeath(error);
    throw error;
  } finally {
    await file.release();
    await rm(workDir, { recursive: true, force: true });
  }
}

/**
 * A repaired picture is a new file; otherwise the uploaded object itself becomes the image. Not one that a browser put
 * there: until its way in runs out it could be written again, so the bytes that were looked at are stored apart.
 */
async function keep(
  { ownerId }: Input,
  { image, uploadKey, uploadPath }: { image: ProbedImage; uploadKey: string; uploadPath: string },
): Promise<Verdict> {
  const stored = image.keep === uploadPath && !directInputOf(uploadKey);
  const key = stored ? uploadKey : newUploadKey(ownerId);
  const { imageId, spare } = await keepImage({ ownerId, image, key, stored });
  const useless = [...(stored ? [] : [uploadKey]), ...(spare ? [spare] : [])];
  return { kind: "ready", imageId, notices: image.notices, useless };
}

function describeDeath({ reason }: PixelProcessDied): Verdict {
  if (reason === "crashed") return { kind: "crashed" };
  return { kind: "refused", refusal: { code: "TOO_LARGE_TO_DECODE", facts: { reason } } };
}

async function settleProbe(input: Input, verdict: Verdict): Promise<void> {
  const settled = await transact((tx, emit) =>
    changeSession(tx, emit, { sessionId: input.sessionId, deleted: true }, async (_, revision) => {
      const rows = await tx
        .update(inputs)
        .set({
          ...probeChange(input, verdict),
          uploadSha256: verdict.uploadSha256,
          probeLeaseUntil: null,
          probeWorkerId: null,
          revision,
        })
        .where(and(eq(inputs.id, input.id), eq(inputs.state, "probing"), eq(inputs.probes, input.probes)))
        .returning({ id: inputs.id });
      if (rows.length === 0) return null;
      // Only a mask that can be used takes the place of the one before.
      if (input.role === "mask" && verdict.kind === "ready") {
        await removeOlderMasks(tx, { sessionId: input.sessionId, than: [input.id], revision });
      }
      return { value: true };
    }),
  );
  if (settled) await storage().delete(uselessKeys(input, verdict));
}

/** What may go once the verdict is written down. */
function uselessKeys({ uploadKey }: Input, verdict: Verdict): string[] {
  if (verdict.kind === "ready") return verdict.useless;
  return verdict.kind === "refused" && uploadKey ? [uploadKey] : [];
}

function probeChange(input: Input, verdict: Verdict): Partial<Input> {
  switch (verdict.kind) {
    case "ready":
      return { state: "ready", imageId: verdict.imageId, notices: verdict.notices, uploadKey: null };
    case "refused":
      return { state: "refused", refusal: verdict.refusal.code, refusalFacts: verdict.refusal.facts };
    case "crashed":
      return input.crashes + 1 < MAX_DECODER_CRASHES
        ? { crashes: input.crashes + 1 }
        : { state: "refused", refusal: "CRASHED_DECODER", refusalFacts: {}, crashes: input.crashes + 1 };
  }
}
