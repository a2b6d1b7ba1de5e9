import "server-only";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { type Attempt, attempts, type ItemStatus, items, type Session } from "@/db/schema";
import { transact } from "@/lib/events";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { changeSession, type SessionChange } from "@/lib/sessions/mutations/change-session";
import { storage } from "@/lib/storage";
import { resultKey } from "@/lib/storage/keys";
import { settleMoney } from "./hold-money";

/** Workers that died in the middle of one item before it is refused: bounds a picture that takes the machine down. */
const MAX_LOST_ATTEMPTS = 6;

/**
 * Takes back items whose lease ran out or whose worker is among the dead. An attempt that was sent to a paid model is
 * lost and perhaps charged: it counts in full and is repeated once at most. One whose answer is stored goes on from
 * there. Everything else waits its turn again. Answers how many.
 */
export async function releaseLeases({ deadWorkers }: { deadWorkers: string[] }): Promise<number> {
  const held = await db()
    .selectDistinct({ sessionId: items.sessionId })
    .from(items)
    .where(isOver(deadWorkers));
  let released = 0;
  for (const { sessionId } of held) released += await releaseIn(sessionId, deadWorkers);
  return released;
}

async function releaseIn(sessionId: string, deadWorkers: string[]): Promise<number> {
  const released = await transact((tx, emit) =>
    changeSession(tx, emit, { sessionId, deleted: true }, (session, revision) =>
      release(tx, { session, deadWorkers, revision }),
    ),
  );
  if (!released) return 0;
  // A worker that died while it stored an answer left bytes that no row names.
  await storage().delete(released.lost.map(({ ownerId, id }) => resultKey(ownerId, id)));
  return released.count;
}

type Released = { count: number; lost: Attempt[] };

async function release(
  tx: Transaction,
  { session, deadWorkers, revision }: { session: Session; deadWorkers: string[]; revision: number },
): Promise<SessionChange<Released> | null> {
  const over = await tx
    .select({ id: items.id })
    .from(items)
    .where(and(eq(items.sessionId, session.id), isOver(deadWorkers)))
    .for("update");
  if (over.length === 0) return null;
  const ids = over.map(({ id }) => id);
  const lost = await tx
    .select()
    .from(attempts)
    .where(and(inArray(attempts.itemId, ids), eq(attempts.outcome, "sending"), isNull(attempts.receivedAt)));
  const unknown = lost.filter(({ paid, sentAt }) => paid && sentAt);
  await loseAttempts(tx, lost, unknown);
  for (const attempt of lost.filter(({ reserved }) => reserved > 0)) {
    const charge = unknown.includes(attempt) ? "maybe" : "none";
    await settleMoney(tx, attempt, { sessionId: session.id, charge, cost: attempt.reserved });
  }
  const deltas = await requeue(tx, { session, ids, unknown, revision });
  const spend = sum(unknown.map(({ reserved }) => reserved));
  return {
    value: { count: ids.length, lost },
    deltas,
    spend,
    maybeSpend: spend,
    reserved: -sum(lost.map(({ reserved }) => reserved)),
  };
}

async function loseAttempts(tx: Transaction, lost: Attempt[], unknown: Attempt[]) {
  if (lost.length === 0) return;
  const isUnknown = unknown.length > 0 ? inArray(attempts.id, idsOf(unknown)) : sql`false`;
  await tx
    .update(attempts)
    .set({
      outcome: "lost",
      finishedAt: sql`now()`,
      errorCode: "lost",
      errorWords: sql`case when ${isUnknown} then ${UNKNOWN_WORDS} else ${LOST_WORDS} end`,
      charge: sql`case when ${isUnknown} then 'maybe' else 'none' end`,
      cost: sql`case when ${isUnknown} then ${attempts.reserved} else 0 end`,
    })
    .where(inArray(attempts.id, idsOf(lost)));
}

const LOST_WORDS = "The worker stopped in the middle of this image. It was tried again.";
const UNKNOWN_WORDS =
  "The worker stopped before the answer came, so this call may have been charged. Your image is kept. Retry makes one more call.";

async function requeue(
  tx: Transaction,
  {
    session,
    ids,
    unknown,
    revision,
  }: { session: Session; ids: string[]; unknown: Attempt[]; revision: number },
) {
  const isUnknown =
    unknown.length > 0
      ? inArray(
          items.id,
          unknown.map(({ itemId }) => itemId),
        )
      : sql`false`;
  const { whenUnknown } = { ...DEFAULT_SETTINGS, ...session.snapshot?.settings };
  const asks = whenUnknown === "ask" ? sql`true` : sql`${items.unknownOutcomes} > 0`;
  const lostOften = sql`(select count(*) from attempts where item_id = ${items.id} and outcome = 'lost') >= ${MAX_LOST_ATTEMPTS}`;
  const rows = await tx
    .update(items)
    .set({
      status: sql`case
        when not (${lostOften} or (${isUnknown} and ${asks}) or ${session.state === "cancelled"}) then 'queued'
        when ${items.currentAttemptId} is not null then 'completed'
        when ${session.state === "cancelled"} then 'cancelled'
        else 'failed' end`,
      unknownOutcomes: sql`${items.unknownOutcomes} + case when ${isUnknown} then 1 else 0 end`,
      leaseToken: null,
      leaseUntil: null,
      workerId: null,
      slotAt: null,
      revision,
      updatedAt: sql`now()`,
    })
    .where(inArray(items.id, ids))
    .returning({ status: items.status });
  const count = (status: ItemStatus) => rows.filter((row) => row.status === status).length;
  return {
    running: -rows.length,
    queued: count("queued"),
    failed: count("failed"),
    completed: count("completed"),
    cancelled: count("cancelled"),
  };
}

function idsOf(rows: { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function isOver(deadWorkers: string[]) {
  const dead = deadWorkers.length > 0 ? inArray(items.workerId, deadWorkers) : sql`false`;
  return and(eq(items.status, "running"), sql`(${items.leaseUntil} < now() or ${dead})`);
}
