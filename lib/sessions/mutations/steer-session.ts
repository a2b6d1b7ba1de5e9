import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { items, type Session } from "@/db/schema";
import { type AuditAction, recordAudit } from "@/lib/audit";
import { callOffBatches } from "@/lib/batches/mutations/call-off-batches";
import { type Emit, transact } from "@/lib/events";
import { dispatchReady } from "@/lib/items/mutations/dispatch";
import { formatMoney } from "@/lib/money";
import { ok, type Result, refused } from "@/lib/result";
import { canAfford } from "../can-afford";
import { mayBecome } from "../status";
import { gone } from "../words";
import { changeSession, type SessionChange } from "./change-session";

type Target = { userId: string; sessionId: string };

/** No new image starts; those being made finish. */
export function pauseSession(target: Target): Promise<Result> {
  return steer(target, "session.pause", async (session) =>
    mayBecome(session.state, "paused") ? { value: ok(), set: { state: "paused", pauseReason: null } } : null,
  );
}

/** Goes on after a pause, whatever its reason was. */
export async function resumeSession(target: Target): Promise<Result> {
  const result = await steer(target, "session.resume", async (session) => {
    if (session.state !== "paused") return null;
    // What is under way may still give room back.
    if (!canAfford({ ...session, reserved: 0 })) return { value: refused("budget", stopReached(session)) };
    return { value: ok(), set: { state: "running", pauseReason: null } };
  });
  if (result.ok) await dispatchReady({ sessionId: target.sessionId });
  return result;
}

/** What waits is not made any more; what is being made finishes and is kept. */
export function cancelSession(target: Target): Promise<Result> {
  return steer(target, "session.cancel", async (session, revision, { tx, emit }) => {
    if (!mayBecome(session.state, "cancelled")) return null;
    if (session.batched) await callOffBatches(tx, emit, { sessionId: session.id });
    const called = await callOff(tx, session.id, revision);
    return {
      value: ok(),
      deltas: {
        queued: -session.queuedCount,
        waiting: -session.waitingCount,
        cancelled: called.cancelled,
        completed: called.kept,
      },
      set: { state: "cancelled", pauseReason: null, finishedAt: new Date() },
    };
  });
}

/** Items that have a result from before keep it. */
async function callOff(tx: Transaction, sessionId: string, revision: number) {
  const rows = await tx
    .update(items)
    .set({
      status: sql`case when ${items.currentAttemptId} is null then 'cancelled' else 'completed' end`,
      dueAt: null,
      revision,
      updatedAt: sql`now()`,
    })
    .where(and(eq(items.sessionId, sessionId), inArray(items.status, ["queued", "waiting"])))
    .returning({ status: items.status });
  const cancelled = rows.filter(({ status }) => status === "cancelled").length;
  return { cancelled, kept: rows.length - cancelled };
}

async function steer(
  { userId, sessionId }: Target,
  action: AuditAction,
  change: (
    session: Session,
    revision: number,
    given: { tx: Transaction; emit: Emit },
  ) => Promise<SessionChange<Result> | null>,
): Promise<Result> {
  return transact(async (tx, emit) => {
    const result = await changeSession<Result>(
      tx,
      emit,
      { sessionId, ownerId: userId },
      async (session, revision) => {
        const wanted = await change(session, revision, { tx, emit });
        if (!wanted) return { value: notNow(session.state) };
        await recordAudit(tx, { ownerId: userId, action, sessionId, before: { state: session.state } });
        return wanted;
      },
    );
    return result ?? gone();
  });
}

function notNow(state: Session["state"]) {
  return refused("state", `Nothing was changed: this session is ${state} by now.`);
}

function stopReached({ budget, spend }: Session): string {
  return `The stop is at ${formatMoney(budget ?? 0)} and ${formatMoney(spend)} are spent. Raise the stop, then go on. All results are kept.`;
}
