import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import type { SessionState } from "@/db/schema";
import { isDatabaseDown } from "@/lib/failure";
import { log } from "@/lib/log";
import type { ProviderBatches } from "@/lib/models/provider-batches";
import { MOST_TROUBLES } from "../constants";
import { type BatchJob, withJob } from "../job";
import { troubleSeconds } from "../poll-seconds";
import { openLines } from "../queries/batch-lines";
import { NO_BATCHES, type WhatNow, whatNow } from "../what-now";
import { giveBackClaimed } from "./begin-lines";
import { endBatch } from "./end-batch";
import { batchesOf, fillBatch } from "./fill-batch";
import { finishLines } from "./finish-lines";
import { type HeldBatch, letGo, takeBatch } from "./hold-batch";
import { findOrder, giveOrder } from "./order-batch";
import { receiveLines } from "./receive-lines";
import { type ComeBack, returnLines } from "./return-lines";
import { watchBatch } from "./watch-batch";

/**
 * One stretch of a batch's life, from whatever state its row is in. False: there is nothing to do for now; when there
 * is, an event comes, or the reconciler sees it. Any stretch may be cut off and done again.
 */
export async function advanceBatch(batchId: string): Promise<boolean> {
  const batch = await takeBatch(batchId);
  if (!batch) return false;
  return withJob(batch, async (job) => {
    try {
      await advance(job);
    } catch (error) {
      if (job.signal.aborted || isDatabaseDown(error)) return false;
      await holdUp(job, error);
    }
    return true;
  });
}

async function advance(job: BatchJob): Promise<void> {
  const { batch } = job;
  if (isUnsent(batch) && (await isCalledOff(batch))) return callOff(job);
  const answered = batch.state === "ending" && (await openLines(batch, "unanswered")).length === 0;
  if (answered) return finishLines(batch);
  const provider = await batchesOf(batch);
  if (!provider) return withoutProvider(job);
  return step(job, provider);
}

function step(job: BatchJob, provider: ProviderBatches): Promise<void> {
  const { batch } = job;
  switch (batch.state) {
    case "filling":
      return fillBatch(job, provider);
    case "uploaded":
      return giveOrder(batch, provider);
    case "creating":
      return findOrder(batch, provider);
    case "sent":
      return watchBatch(batch, provider);
    case "ending":
      return receiveLines(job, provider);
    case "settled":
      return Promise.resolve();
  }
}

function isUnsent({ state }: HeldBatch): boolean {
  return state === "filling" || state === "uploaded";
}

/** Cancelled, deleted, paused: nothing new is sent. */
async function isCalledOff({ cancelRequestedAt, sessionId }: HeldBatch): Promise<boolean> {
  if (cancelRequestedAt) return true;
  const [session] = await db().execute<{ state: SessionState }>(
    sql`select state from sessions where id = ${sessionId} and deleted_at is null`,
  );
  return session?.state !== "running";
}

/** Everything of a batch that was never ordered goes back as if nothing had been. */
async function callOff(job: BatchJob): Promise<void> {
  const { batch } = job;
  await giveBackClaimed(job);
  await returnAll(batch, null);
  await endBatch(batch, {});
}

const NOT_SENT: Why = { code: "unmade", words: "", charge: "none" };

type Pause = Extract<WhatNow, { kind: "pause" }>["reason"] | "connection";

type Why = Pick<ComeBack, "code" | "words" | "charge">;

async function returnAll(batch: HeldBatch, pause: Pause | null, why: Why = NOT_SENT): Promise<void> {
  const lines = (await openLines(batch, "unanswered")).map((line) => ({ ...line, ...why }));
  await returnLines(batch.sessionId, { lines, pause });
}

/** Its model, its connection or its economy lane is gone. What was ordered waits for it to come back. */
async function withoutProvider(job: BatchJob): Promise<void> {
  const { batch } = job;
  if (!isUnsent(batch)) {
    if (await isHopeless(batch)) {
      await returnAll(batch, null, { words: NO_WAY_BACK, code: "lost", charge: "maybe" });
      return endBatch(batch, { words: NO_WAY_BACK, code: "lost" });
    }
    await returnLines(batch.sessionId, { lines: [], pause: "connection" });
    await letGo(batch, { set: { errorWords: NO_WAY }, inSeconds: troubleSeconds(MOST_TROUBLES) });
    return;
  }
  await giveBackClaimed(job);
  await returnAll(batch, "economy");
  await endBatch(batch, { words: NO_BATCHES, code: "unsupported" });
}

const NO_WAY =
  "The connection this batch was sent through is not here any more. Its results are fetched once it is back.";

const NO_WAY_BACK =
  "The connection this batch was sent through is gone, so what it made can't be fetched. It may have been charged.";

/** Nobody waits for it any more, or the provider does not keep its results that long. */
async function isHopeless({ id }: HeldBatch): Promise<boolean> {
  const [row] = await db().execute(sql`
    select 1 from batches b left join sessions s on s.id = b.session_id and s.deleted_at is null
    where b.id = ${id} and (s.id is null or s.state = 'cancelled' or b.creating_at < now() - interval '14 days')`);
  return row !== undefined;
}

/** Something was in the way. A batch that was not ordered yet gives up after a while; one that was never does. */
async function holdUp(job: BatchJob, error: unknown): Promise<void> {
  const { batch } = job;
  const now = whatNow(error);
  log.warn("a batch is held up", { batchId: batch.id, state: batch.state, words: now.words });
  const troubles = batch.troubles + 1;
  if (now.kind === "pause") return pauseFor(job, now, troubles);
  const inSeconds = troubleSeconds(troubles, now.retryAfterMs);
  if (!isUnsent(batch) || troubles < MOST_TROUBLES) {
    await letGo(batch, { set: { troubles }, inSeconds });
    return;
  }
  await giveBackClaimed(job);
  await returnAll(batch, null);
  await endBatch(batch, { words: now.words, code: "troubles", holdSeconds: inSeconds });
}

async function pauseFor(
  job: BatchJob,
  { reason, words }: Extract<WhatNow, { kind: "pause" }>,
  troubles: number,
): Promise<void> {
  const { batch } = job;
  if (isUnsent(batch)) {
    await giveBackClaimed(job);
    await returnAll(batch, reason);
    return endBatch(batch, { words, code: reason });
  }
  // A look at something that runs may be refused for a moment: a wrong key is put right, a disk gets room.
  if (reason !== "economy") await returnLines(batch.sessionId, { lines: [], pause: reason });
  await letGo(batch, { set: { troubles }, inSeconds: troubleSeconds(troubles) });
}
