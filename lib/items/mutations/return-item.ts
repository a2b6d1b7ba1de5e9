import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { attempts, items, ledger, type Session } from "@/db/schema";
import { type Emit, transact } from "@/lib/events";
import { addDeltas } from "@/lib/sessions/counts";
import { changeSession, type SessionChange } from "@/lib/sessions/mutations/change-session";
import { refreshChains } from "@/lib/steps/mutations/refresh-chains";
import { settleMoney } from "./hold-money";

type Lease = { itemId: string; sessionId: string; leaseToken: string };

/** Why nothing is sent for it now. `blocked`: the provider asked for silence after it was handed out. */
export type ReturnReason = "budget" | "month_budget" | "connection" | "state" | "blocked";

/**
 * Puts an item back into its queue before its call was made: waiting for a slot is no attempt, so an attempt that was
 * only written down goes again, with what it held. A stop that leaves no room for its call, of `needed` micro-dollars,
 * pauses the session.
 * Null when the lease was lost meanwhile.
 */
export async function returnItem({
  why,
  needed = 0,
  ...lease
}: Lease & { why: ReturnReason; needed?: number }): Promise<{
  connection: string;
  refundUnits: number;
} | null> {
  return transact(async (tx, emit) => {
    const returned = await changeSession(
      tx,
      emit,
      { sessionId: lease.sessionId, deleted: true },
      (session, revision) => giveBack(tx, emit, lease, { why, needed, session, revision }),
    );
    return returned ?? null;
  });
}

async function giveBack(
  tx: Transaction,
  emit: Emit,
  { itemId, leaseToken }: Lease,
  {
    why,
    needed,
    session,
    revision,
  }: { why: ReturnReason; needed: number; session: Session; revision: number },
): Promise<SessionChange<{ connection: string; refundUnits: number }> | null> {
  // A cancelled session's items do not wait for anything any more.
  const status = session.state === "cancelled" ? "cancelled" : "queued";
  const [item] = await tx
    .update(items)
    .set({
      status: sql`case when ${status} = 'cancelled' and ${items.currentAttemptId} is not null then 'completed' else ${status} end`,
      leaseToken: null,
      leaseUntil: null,
      workerId: null,
      revision,
      updatedAt: sql`now()`,
    })
    .where(and(eq(items.id, itemId), eq(items.leaseToken, leaseToken), eq(items.status, "running")))
    .returning({
      connection: items.connection,
      units: items.imageUnits,
      status: items.status,
      inputId: items.inputId,
    });
  if (!item) return null;
  const released = await forgetUnsent(tx, { itemId, sessionId: session.id });
  const followers = await refreshChains(tx, emit, {
    session,
    revision,
    inputIds: [item.inputId],
    own: item.connection,
  });
  const pause = pauseFor(why, { ...session, reserved: session.reserved - released, needed });
  return {
    value: { connection: item.connection, refundUnits: item.units },
    deltas: addDeltas({ running: -1, [item.status]: 1 }, followers),
    reserved: -released,
    set: pause && session.state === "running" ? { state: "paused", pauseReason: pause } : {},
  };
}

/** A stop that is reached pauses once nothing under way can give room back. */
function pauseFor(
  why: ReturnReason,
  { budget, spend, reserved, needed }: Pick<Session, "budget" | "spend" | "reserved"> & { needed: number },
): Session["pauseReason"] {
  if (why === "month_budget" || why === "connection") return why;
  // Calls that ended since it was refused may have left room.
  const full = budget !== null && spend + needed > budget;
  return why === "budget" && reserved === 0 && full ? why : null;
}

/** Answers what it held, micro-dollars. */
async function forgetUnsent(
  tx: Transaction,
  { itemId, sessionId }: { itemId: string; sessionId: string },
): Promise<number> {
  const [attempt] = await tx
    .select()
    .from(attempts)
    .where(and(eq(attempts.itemId, itemId), eq(attempts.outcome, "sending"), isNull(attempts.sentAt)));
  if (!attempt) return 0;
  if (attempt.reserved > 0) await settleMoney(tx, attempt, { sessionId, charge: "none", cost: 0 });
  await tx.delete(ledger).where(eq(ledger.attemptId, attempt.id));
  await tx
    .update(items)
    .set({ attemptCount: attempt.number - 1 })
    .where(eq(items.id, itemId));
  await tx.delete(attempts).where(eq(attempts.id, attempt.id));
  return attempt.reserved;
}
