import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { type Attempt, attempts, cache, items, type Session } from "@/db/schema";
import { type Emit, transact } from "@/lib/events";
import type { Answer } from "@/lib/limits/types";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { addDeltas } from "@/lib/sessions/counts";
import { changeSession, type SessionChange } from "@/lib/sessions/mutations/change-session";
import { refreshChains } from "@/lib/steps/mutations/refresh-chains";
import { learnFromAttempt } from "@/lib/usage/mutations/learn-from-attempt";
import { answerOf, type FinalOutcome } from "../outcome";
import { attemptChange, itemChange, sessionSet } from "../settlement";
import type { BegunAttempt } from "./begin-attempt";
import { settleMoney } from "./hold-money";

/** What the limiter is told at the next hand-out. */
export type Settled = { connection: string; answer: Answer | null; refundUnits: number };

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
      (session, revision) => settleUnderLock(tx, emit, begun, outcome, { session, revision }),
    );
    return settled ?? null;
  });
}

async function settleUnderLock(
  tx: Transaction,
  emit: Emit,
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
  const { whenUnknown } = { ...DEFAULT_SETTINGS, ...session.snapshot?.settings };
  const change = itemChange(item, attemptId, outcome, whenUnknown);
  // Sent at once: the session is locked for as long as the answers take.
  const [closed] = await Promise.all([
    closeAttempt(tx, attempt, outcome),
    tx
      .update(items)
      .set({
        ...change,
        leaseToken: null,
        leaseUntil: null,
        workerId: null,
        revision,
        updatedAt: sql`now()`,
      })
      .where(eq(items.id, item.id)),
  ]);
  if (attempt.paid) await bookPaid(tx, { attempt, session, outcome, ...closed });
  const spend = closed.charge === "none" ? 0 : closed.cost;
  const followers = await refreshChains(tx, emit, {
    session,
    revision,
    inputIds: [item.inputId],
    own: item.connection,
  });
  return {
    value: {
      connection: item.connection,
      answer: answerOf(outcome),
      refundUnits: attempt.sentAt ? 0 : item.imageUnits,
    },
    deltas: addDeltas({ running: -1, [change.status]: 1 }, followers),
    spend,
    maybeSpend: closed.charge === "maybe" ? closed.cost : 0,
    reserved: -attempt.reserved,
    workMs: outcome.kind === "made" && !attempt.batchId ? closed.tookMs : 0,
    set: sessionSet(session, outcome, { spend, released: attempt.reserved }),
  };
}

type Closed = { cost: number; charge: Attempt["charge"]; tookMs: number };

async function closeAttempt(tx: Transaction, attempt: Attempt, outcome: FinalOutcome): Promise<Closed> {
  const [row] = await tx
    .update(attempts)
    .set({ ...attemptChange(attempt, outcome), finishedAt: sql`now()` })
    .where(and(eq(attempts.id, attempt.id), eq(attempts.outcome, "sending")))
    .returning({
      cost: attempts.cost,
      charge: attempts.charge,
      tookMs: sql<number>`(extract(epoch from ${attempts.finishedAt} - coalesce(${attempts.sentAt}, ${attempts.startedAt})) * 1000)::int`,
    });
  return row ?? { cost: 0, charge: "none", tookMs: 0 };
}

/** Ledger, cache and what is learned of prices, for a call that took money. */
async function bookPaid(
  tx: Transaction,
  {
    attempt,
    session,
    outcome,
    ...closed
  }: Closed & { attempt: Attempt; session: Session; outcome: FinalOutcome },
) {
  await settleMoney(tx, attempt, { sessionId: session.id, charge: closed.charge, cost: closed.cost });
  if (outcome.kind !== "made") return;
  const { id: attemptId, ownerId, cacheKey, model, settings } = attempt;
  if (cacheKey) {
    await tx
      .insert(cache)
      .values({ ownerId, key: cacheKey, attemptId })
      .onConflictDoUpdate({
        target: [cache.ownerId, cache.key],
        set: { attemptId, createdAt: sql`now()` },
      });
  }
  // How long a batch took says nothing of a call of its own.
  if (attempt.batchId) return;
  const { size = "auto", quality = "auto" } = settings.provider ?? {};
  await learnFromAttempt(tx, {
    ownerId,
    model,
    size,
    quality,
    estimated: attempt.reserved,
    actual: closed.cost,
    tookMs: closed.tookMs,
  });
}
