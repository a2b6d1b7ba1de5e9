import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import type { ProviderBatch, ProviderBatches } from "@/lib/models/provider-batches";
import { ModelError } from "@/lib/models/types";
import { FULL_HOLD_SECONDS, SURE_AFTER } from "../constants";
import { pollSeconds, troubleSeconds } from "../poll-seconds";
import { openLines } from "../queries/batch-lines";
import { NO_BATCHES, refusedWords } from "../what-now";
import { endBatch } from "./end-batch";
import { type HeldBatch, letGo } from "./hold-batch";
import { type ComeBack, returnLines } from "./return-lines";

/** One look at a batch the provider works on; its cancellation is asked for here, too. */
export async function watchBatch(batch: HeldBatch, provider: ProviderBatches): Promise<void> {
  const id = batch.providerBatchId ?? "";
  const wantsEnd = batch.cancelRequestedAt !== null && batch.cancelSentAt === null;
  // One that is over by now refuses to be cancelled: the look says so.
  if (wantsEnd) await provider.cancel(id).catch(unlessOver);
  const told = await provider.look(id).catch(gone(batch));
  if (!told) {
    // What it made is lost, and nobody knows how much that was.
    await letGo(batch, {
      set: { state: "ending", doneLines: batch.lines, outputFileId: null },
      inSeconds: 0,
    });
    return;
  }
  const set = {
    providerStatus: told.status,
    doneLines: told.done,
    failedLines: told.failed,
    outputFileId: told.outputFileId,
    errorFileId: told.errorFileId,
    troubles: 0,
  };
  const stamp = wantsEnd ? { cancelSentAt: "now" as const } : {};
  if (told.state === "refused") return endRefused(batch, told);
  if (told.state === "over" && lacksFile(batch, told)) {
    const troubles = batch.troubles + 1;
    await letGo(batch, { set: { troubles }, inSeconds: troubleSeconds(troubles) });
    return;
  }
  if (told.state === "over") {
    await letGo(batch, { set: { ...set, state: "ending" }, stamp, inSeconds: 0 });
    return;
  }
  const age = await secondsSinceSent(batch);
  const inSeconds = batch.cancelRequestedAt ? pollSeconds(0) : pollSeconds(age);
  if (hasNews(batch, told) || wantsEnd) await letGo(batch, { set, stamp, inSeconds });
  else await letGo(batch, { inSeconds });
}

/** The provider knows nothing of it any more, and says so again and again. */
function gone({ troubles }: HeldBatch) {
  return (error: unknown): null => {
    const told = error instanceof ModelError ? (error.extra.details ?? "") : "";
    if (/^404\b/.test(told) && troubles >= SURE_AFTER) return null;
    throw error;
  };
}

/** What it made is in a file that it does not name yet. */
function lacksFile({ troubles }: HeldBatch, { done, outputFileId }: ProviderBatch): boolean {
  return done > 0 && outputFileId === null && troubles < SURE_AFTER;
}

function unlessOver(error: unknown): void {
  const told = error instanceof ModelError ? (error.extra.details ?? "") : "";
  if (!/^(400|404|409)\b/.test(told)) throw error;
}

function hasNews(batch: HeldBatch, { status, done, failed }: ProviderBatch): boolean {
  return status !== batch.providerStatus || done !== batch.doneLines || failed !== batch.failedLines;
}

/** By the database's clock. */
async function secondsSinceSent({ id }: HeldBatch): Promise<number> {
  const [row] = await db().execute<{ age: number }>(
    sql`select coalesce(extract(epoch from now() - sent_at), 0)::float8 as age from batches where id = ${id}`,
  );
  return row?.age ?? 0;
}

/** Refused when it was validated: not one line was made or charged. */
async function endRefused(batch: HeldBatch, { refusal }: ProviderBatch): Promise<void> {
  const why = refusal?.why ?? "other";
  const words = wordsOf(why, refusal?.details);
  const lines = (await openLines(batch)).map(
    (line): ComeBack => ({
      ...line,
      code: why === "full" ? "rate_limited" : "unmade",
      words,
      details: refusal?.details,
      charge: "none",
    }),
  );
  // Tried again by itself it would be refused again; only room at the provider comes back.
  await returnLines(batch.sessionId, { lines, pause: why === "full" ? null : "economy" });
  await endBatch(batch, { words, code: why, ...(why === "full" && { holdSeconds: FULL_HOLD_SECONDS }) });
}

function wordsOf(why: "unsupported" | "full" | "other", details: string | undefined): string {
  switch (why) {
    case "unsupported":
      return NO_BATCHES;
    case "full":
      return "The provider takes no more batches of this account for now. Nothing was charged; it is tried again in 15 minutes.";
    case "other":
      return refusedWords(details);
  }
}
