import "server-only";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { attempts, items, ledger } from "@/db/schema";
import { connectionOf } from "@/lib/batches/economy-queue";
import { currentWorkerId } from "@/lib/limits/worker-identity";
import { NO_RUN, RUN_LEASE_SECONDS } from "../constants";
import { type AttemptPlan, planAttempt } from "../plan-attempt";
import { type ItemFacts, itemFacts } from "../queries/item-facts";
import { reserveMoney } from "./hold-money";
import { type ReturnReason, returnItem } from "./return-item";

export type BegunAttempt = { attemptId: string; itemId: string; sessionId: string; leaseToken: string };

/** It went back to its queue before anything was written: no money was left, or nothing may start now. */
export type Returned = { connection: string; refundUnits: number };

/** With a `batchId` it becomes a line of that batch, which then holds the item without a worker and a lease. */
type Handed = { itemId: string; dispatch: number; runId: string; batchId?: string };

/**
 * Writes the attempt row and holds its worst price, before anything is paid. Null when this hand-out is over: the
 * item was taken back, was handed out again, or another run of a repeated event has begun it. The same run asking
 * twice gets its attempt; so does the run after a crash that had the answer stored already.
 */
export async function beginAttempt(handed: Handed): Promise<BegunAttempt | { returned: Returned } | null> {
  const facts = (await itemFacts(handed.itemId)) ?? (await factsOfStored(handed.itemId));
  if (!facts) return giveBackUnfed(handed);
  const { item } = facts;
  if (!item.leaseToken || item.status !== "running" || item.dispatch !== handed.dispatch) return null;
  const lease = { itemId: item.id, sessionId: item.sessionId, leaseToken: item.leaseToken };
  const plan = await planAttempt(facts);
  try {
    const attemptId = await db().transaction((tx) => begin(tx, { ...handed, facts, plan, ...lease }));
    return attemptId ? { attemptId, ...lease } : null;
  } catch (error) {
    if (error instanceof LeaseLost) return null;
    if (!(error instanceof NotNow)) throw error;
    const returned = await returnItem({ ...lease, why: error.why, needed: plan.worst });
    return returned ? { returned } : null;
  }
}

/**
 * Its chain was edited after it was handed out, and what it would work on is not there: its queue says what becomes of
 * it. What was sent already is left to its lease.
 */
async function giveBackUnfed({ itemId, dispatch }: Handed): Promise<{ returned: Returned } | null> {
  const [item] = await db()
    .select({ sessionId: items.sessionId, leaseToken: items.leaseToken })
    .from(items)
    .leftJoin(
      attempts,
      and(eq(attempts.itemId, items.id), isNotNull(attempts.sentAt), eq(attempts.outcome, "sending")),
    )
    .where(
      and(
        eq(items.id, itemId),
        eq(items.dispatch, dispatch),
        eq(items.status, "running"),
        isNull(attempts.id),
      ),
    );
  if (!item?.leaseToken) return null;
  const { sessionId, leaseToken } = item;
  const returned = await returnItem({ itemId, sessionId, leaseToken, why: "state" });
  return returned && { returned };
}

/** An answer that is stored is finished also when the pictures it was made from are gone by now. */
async function factsOfStored(itemId: string): Promise<ItemFacts | null> {
  const [stored] = await db()
    .select({ fedBy: attempts.fedBy, received: attempts.received })
    .from(attempts)
    .where(and(eq(attempts.itemId, itemId), eq(attempts.outcome, "sending"), isNotNull(attempts.received)));
  return stored ? itemFacts(itemId, stored) : null;
}

/** Ends the transaction: the item is not this run's any more. */
class LeaseLost extends Error {}

/** Ends the transaction: nothing may be paid for this item now. */
class NotNow extends Error {
  constructor(readonly why: ReturnReason) {
    super(why);
  }
}

async function begin(
  tx: Transaction,
  given: Handed & { facts: ItemFacts; plan: AttemptPlan; leaseToken: string },
): Promise<string | null> {
  const { facts, plan, runId } = given;
  const { id: itemId, ownerId, sessionId } = facts.item;
  const stored = await sendingAttempt(tx, itemId);
  if (stored) {
    // Of two events for a stored answer one goes on with it: both would work in the same folder.
    if (stored.runId !== runId && !(await takeOver(tx, stored.id, runId))) return null;
    await holdItem(tx, given, 0);
    return stored.id;
  }
  // Without its connection nothing of this session can be made.
  if (!plan.model) throw new NotNow("connection");
  if (plan.worst > 0) {
    const refused = await reserveMoney(tx, { ownerId, sessionId, amount: plan.worst });
    if (refused) throw new NotNow(refused);
  }
  const attemptId = await insertAttempt(tx, given);
  if (!attemptId) throw new LeaseLost();
  if (plan.worst > 0) {
    await tx.insert(ledger).values({ ownerId, sessionId, attemptId, kind: "reserve", amount: plan.worst });
  }
  await holdItem(tx, given, 1);
  return attemptId;
}

async function sendingAttempt(tx: Transaction, itemId: string) {
  const [row] = await tx
    .select({ id: attempts.id, runId: attempts.runId })
    .from(attempts)
    .where(and(eq(attempts.itemId, itemId), eq(attempts.outcome, "sending")));
  return row;
}

async function takeOver(tx: Transaction, attemptId: string, runId: string): Promise<boolean> {
  const rows = await tx
    .update(attempts)
    .set({ runId })
    .where(and(eq(attempts.id, attemptId), eq(attempts.runId, NO_RUN)))
    .returning({ id: attempts.id });
  return rows.length > 0;
}

/** Null when another run was quicker: an item has one attempt under way, and its numbers are its own. */
async function insertAttempt(
  tx: Transaction,
  { facts, plan, runId, batchId }: Handed & { facts: ItemFacts; plan: AttemptPlan },
): Promise<string | null> {
  const { item, settings, prompt, fedBy, fingerprint } = facts;
  const [row] = await tx
    .insert(attempts)
    .values({
      ownerId: item.ownerId,
      itemId: item.id,
      number: item.attemptCount + 1,
      runId,
      prompt,
      fedBy,
      fingerprint,
      model: settings.model,
      connection: connectionOf(item.connection),
      batchId,
      paid: plan.model?.capabilities.paid ?? false,
      reserved: plan.worst,
      cacheKey: plan.cacheKey,
      seed: plan.model?.capabilities.seed ? settings.provider.seed : null,
      settings: { output: settings.output, provider: settings.provider },
    })
    .onConflictDoNothing()
    .returning({ id: attempts.id });
  return row?.id ?? null;
}

async function holdItem(
  tx: Transaction,
  { itemId, dispatch, leaseToken, batchId }: Handed & { leaseToken: string },
  newAttempts: 0 | 1,
) {
  const rows = await tx
    .update(items)
    .set({
      attemptCount: sql`${items.attemptCount} + ${newAttempts}`,
      workerId: batchId ? null : currentWorkerId(),
      leaseUntil: batchId ? null : sql`now() + make_interval(secs => ${RUN_LEASE_SECONDS})`,
    })
    .where(
      and(
        eq(items.id, itemId),
        eq(items.dispatch, dispatch),
        eq(items.status, "running"),
        eq(items.leaseToken, leaseToken),
      ),
    )
    .returning({ id: items.id });
  if (rows.length === 0) throw new LeaseLost();
}
