import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { type Attempt, attempts, type Item, items, ledger, type Session } from "@/db/schema";
import { transact } from "@/lib/events";
import { changeSession, type SessionChange } from "@/lib/sessions/mutations/change-session";
import type { FinalOutcome } from "../outcome";
import { attemptChange, itemChange, sessionSet } from "../settlement";
import type { BegunAttempt } from "./begin-attempt";

type Settled = { connection: string };

/**
 * Writes what came of an attempt: attempt, item, counts, spend, ledger and revision in one transaction, fenced by
 * the lease token. Null when the lease was lost meanwhile; the caller then throws the bytes away.
 */
export async function settleAttempt(begun: BegunAttempt, outcome: FinalOutcome): Promise<Settled | null> {
  return transact(async (tx, emit) => {
    const settled = await changeSession(
      tx,
      emit,
      { sessionId: begun.sessionId, deleted: true },
      (session, revision) => settleUnderLock(tx, begun, outcome, { session, revision }),
    );
    return settled ?? null;
  });
}

async function settleUnderLock(
  tx: Transaction,
  { attemptId, leaseToken }: BegunAttempt,
  outcome: FinalOutcome,
  { session, revision }: { session: Session; revision: number },
): Promise<SessionChange<Settled> | null> {
  const [held] = await tx
    .select({ attempt: attempts, item: items })
    .from(attempts)
    .innerJoin(items, eq(items.id, attempts.itemId))
    .where(and(eq(attempts.id, attemptId), eq(attempts.outcome, "sending")))
    .for("update", { of: items });
  if (!held) return null;
  const { attempt, item } = held;
  if (item.leaseToken !== leaseToken || item.status !== "running") return null;
  const change = itemChange(item, attemptId, outcome);
  await tx
    .update(items)
    .set({ ...change, leaseToken: null, leaseUntil: null, workerId: null, revision, updatedAt: sql`now()` })
    .where(eq(items.id, item.id));
  const { cost, tookMs } = await closeAttempt(tx, attempt, outcome);
  if (cost > 0) await writeCharge(tx, item, attemptId, cost);
  return {
    value: { connection: item.connection },
    deltas: { running: -1, [change.status]: 1 },
    spend: cost,
    workMs: outcome.kind === "made" ? tookMs : 0,
    set: sessionSet(session, outcome),
  };
}

async function closeAttempt(tx: Transaction, attempt: Attempt, outcome: FinalOutcome) {
  const [row] = await tx
    .update(attempts)
    .set({ ...attemptChange(attempt, outcome), finishedAt: sql`now()` })
    .where(and(eq(attempts.id, attempt.id), eq(attempts.outcome, "sending")))
    .returning({
      cost: attempts.cost,
      tookMs: sql<number>`(extract(epoch from ${attempts.finishedAt} - ${attempts.startedAt}) * 1000)::int`,
    });
  return row ?? { cost: 0, tookMs: 0 };
}

async function writeCharge(tx: Transaction, item: Item, attemptId: string, amount: number) {
  await tx
    .insert(ledger)
    .values({ ownerId: item.ownerId, sessionId: item.sessionId, attemptId, kind: "charge", amount })
    .onConflictDoNothing();
}
