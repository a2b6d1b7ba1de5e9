import "server-only";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { attempts, batches } from "@/db/schema";
import { PixelProcessDied } from "@/lib/images/process/failures";
import { describeFailure } from "@/lib/items/describe-failure";
import { settleAttempt } from "@/lib/items/mutations/settle-attempt";
import { requestOf, requireModel, withRequest } from "@/lib/items/open-request";
import { type AttemptToMake, attemptToMake } from "@/lib/items/queries/attempt-to-make";
import type { ProviderBatches } from "@/lib/models/provider-batches";
import { resolveModel } from "@/lib/models/resolve";
import { ModelError } from "@/lib/models/types";
import { resultBytes } from "../batch-size";
import { LINES_AT_ONCE } from "../constants";
import type { BatchJob } from "../job";
import { type OpenLine, openLines } from "../queries/batch-lines";
import { beginLines } from "./begin-lines";
import { endBatch } from "./end-batch";
import { type HeldBatch, letGo } from "./hold-batch";
import { returnLines } from "./return-lines";

/** The way to the provider's batches; null: the model, its connection or its economy lane is gone. */
export async function batchesOf({ connection, model, ownerId }: HeldBatch): Promise<ProviderBatches | null> {
  const resolved = await resolveModel({ connection, model, ownerId });
  return (await resolved?.batches?.()) ?? null;
}

/**
 * One stretch of putting a batch together: its lines begin, then their pictures are sent a few at a time, then the file
 * of lines. All of it may be repeated: what is at the provider is written down as soon as it is there.
 */
export async function fillBatch(job: BatchJob, provider: ProviderBatches): Promise<void> {
  const { batch } = job;
  if (batch.claimed.length > 0) {
    await beginLines(job);
    const lines = (await openLines(batch)).length;
    await letGo(batch, { set: { claimed: [], lines }, inSeconds: 0 });
    return;
  }
  const unprepared = await openLines(batch, "unprepared");
  if (unprepared.length > 0) {
    for (const line of unprepared.slice(0, LINES_AT_ONCE)) await prepareLine(job, provider, line);
    await letGo(batch, { inSeconds: 0 });
    return;
  }
  const lines = await openLines(batch);
  if (lines.length === 0) return endBatch(batch, {});
  const { path, expectedBytes, written } = await writeLines(job, provider, lines);
  const inputFileId = await provider.uploadLines(path);
  await letGo(batch, {
    set: { state: "uploaded", inputFileId, lines: written, expectedBytes, troubles: 0 },
    inSeconds: 0,
  });
}

/** An image that cannot be read fails by itself; what concerns the way to the provider is thrown. */
async function prepareLine(
  { batch, workDir, signal }: BatchJob,
  provider: ProviderBatches,
  line: OpenLine,
): Promise<void> {
  signal.throwIfAborted();
  const attempt = await attemptToMake(line);
  if (!attempt) {
    // What it works on is gone meanwhile: it waits until that is there again.
    await returnLines(line.sessionId, { lines: [{ ...line, code: "unmade", words: "", charge: "none" }] });
    return;
  }
  try {
    const inputs = await withRequest(attempt, workDir, (request) =>
      provider.uploadInputs(request, {
        known: batch.files,
        keep: (...file) => keepFile(batch, file),
        signal,
      }),
    );
    await db().update(attempts).set({ batchInputs: inputs }).where(eq(attempts.id, line.attemptId));
  } catch (error) {
    signal.throwIfAborted();
    if (!isOfLine(error)) throw error;
    const outcome = describeFailure(error);
    if (outcome.kind === "failed") await settleAttempt(line, outcome);
  }
}

/** The picture's own fault: nothing was sent, or it was refused as a picture. */
function isOfLine(error: unknown): boolean {
  return error instanceof PixelProcessDied || (error instanceof ModelError && error.code === "bad_request");
}

async function keepFile(batch: HeldBatch, [content, fileId]: [string, string]): Promise<void> {
  batch.files = { ...batch.files, [content]: fileId };
  await db()
    .update(batches)
    .set({ files: sql`${batches.files} || ${JSON.stringify({ [content]: fileId })}::jsonb` })
    .where(eq(batches.id, batch.id));
}

async function writeLines({ workDir }: BatchJob, provider: ProviderBatches, lines: readonly OpenLine[]) {
  const path = join(workDir, "lines.jsonl");
  let expectedBytes = 0;
  let written = 0;
  for (const line of lines) {
    const attempt = await attemptToMake(line);
    if (!attempt || !line.batchInputs) continue;
    await appendFile(path, `${textOf(provider, line, attempt)}\n`);
    expectedBytes += resultBytes(attempt.settings);
    written += 1;
  }
  return { path, expectedBytes, written };
}

function textOf(provider: ProviderBatches, line: OpenLine, attempt: AttemptToMake): string {
  requireModel(attempt);
  const inputs = line.batchInputs ?? { images: [], mask: null };
  return provider.lineOf(requestOf(attempt), { customId: line.attemptId, inputs });
}
