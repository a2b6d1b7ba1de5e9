import "server-only";
import { eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { attempts, type Item, items } from "@/db/schema";
import { describeFailure } from "@/lib/items/describe-failure";
import { type BegunAttempt, beginAttempt } from "@/lib/items/mutations/begin-attempt";
import { returnItem } from "@/lib/items/mutations/return-item";
import { settleAttempt } from "@/lib/items/mutations/settle-attempt";
import { requestOf, requireModel } from "@/lib/items/open-request";
import { type AttemptToMake, attemptToMake, findReusable } from "@/lib/items/queries/attempt-to-make";
import { ModelError } from "@/lib/models/types";
import { connectionInSql } from "../economy-queue";
import type { BatchJob } from "../job";
import type { ClaimedItem } from "../types";

/**
 * Makes lines of the items a batch has claimed: each gets its attempt, with half its worst price held. What was made
 * before is used again, what the model cannot be asked fails, and what belongs in another batch goes back. Safe to
 * repeat.
 */
export async function beginLines({ batch, signal }: BatchJob): Promise<void> {
  for (const claimed of batch.claimed) {
    signal.throwIfAborted();
    const item = await findClaimed(claimed);
    if (!item) continue;
    if (item.lane === "live") await giveBack(item);
    else await beginLine(batch, claimed);
  }
}

type Claimed = Pick<Item, "id" | "sessionId" | "lane"> & { leaseToken: string };

async function findClaimed({ itemId, dispatch }: ClaimedItem): Promise<Claimed | null> {
  const [row] = await db().execute<Claimed>(sql`
    select id, session_id as "sessionId", lane, lease_token as "leaseToken" from items
    where id = ${itemId} and dispatch = ${dispatch} and status = 'running' and lease_token is not null`);
  return row ?? null;
}

/** Back to the queue of its lane, before it became a line. */
async function giveBack({ id, sessionId, leaseToken }: Claimed): Promise<void> {
  await db()
    .update(items)
    .set({
      connection: sql`case when lane = 'live' then ${connectionInSql(sql`connection`)} else connection end`,
    })
    .where(sql`id = ${id} and lease_token = ${leaseToken} and status = 'running'`);
  await returnItem({ itemId: id, sessionId, leaseToken, why: "state" });
}

/** Puts back what was claimed and is no line yet. */
export async function giveBackClaimed({ batch }: BatchJob): Promise<void> {
  for (const claimed of batch.claimed) {
    const item = await findClaimed(claimed);
    if (item && !(await hasLine(item.id))) await giveBack(item);
  }
}

async function hasLine(itemId: string): Promise<boolean> {
  const [row] = await db()
    .select({ id: attempts.id })
    .from(attempts)
    .where(sql`${eq(attempts.itemId, itemId)} and ${attempts.outcome} = 'sending'`);
  return row !== undefined;
}

async function beginLine(batch: BatchJob["batch"], claimed: ClaimedItem): Promise<void> {
  const begun = await beginAttempt({ ...claimed, runId: `batch:${batch.id}`, batchId: batch.id });
  if (!begun || "returned" in begun) return;
  const attempt = await attemptToMake(begun);
  if (!attempt) return;
  const found = await reusable(attempt);
  if (found) {
    await settleAttempt(begun, { kind: "reused", ...found });
    return;
  }
  const endpoint = await endpointOf(begun, attempt);
  if (endpoint && endpoint !== batch.endpoint) {
    await returnItem({ ...begun, why: "state" });
  }
}

async function reusable({ ownerId, cacheKey, fresh, settings }: AttemptToMake) {
  return cacheKey && settings.reuse && !fresh ? findReusable({ ownerId, cacheKey }) : null;
}

/** Null: it can't be asked, and has failed. */
async function endpointOf(begun: BegunAttempt, attempt: AttemptToMake) {
  try {
    const batches = await requireModel(attempt).batches?.();
    return batches?.endpointOf(requestOf(attempt)) ?? null;
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const outcome = describeFailure(error);
    if (outcome.kind === "failed") await settleAttempt(begun, outcome);
    return null;
  }
}
