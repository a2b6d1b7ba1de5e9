import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { type Session, sessions } from "@/db/schema";
import type { Emit } from "@/lib/events";
import { addCounts, countsOf } from "../counts";
import { stateAfter } from "../status";
import type { ItemCounts } from "../wire";

export type SessionChange<T> = {
  value: T;
  /** How many items entered (+) or left (-) each status. */
  deltas?: Partial<ItemCounts>;
  /** Micro-dollars charged or perhaps charged; `maybeSpend` is the part nobody knows. */
  spend?: number;
  maybeSpend?: number;
  /** Micro-dollars held (+) or released (-). */
  reserved?: number;
  workMs?: number;
  set?: Partial<
    Pick<
      Session,
      | "state"
      | "pauseReason"
      | "name"
      | "prompt"
      | "settings"
      | "snapshot"
      | "draftVersion"
      | "chainVersion"
      | "stepCount"
      | "batched"
      | "budget"
      | "worstPrice"
      | "startedAt"
      | "finishedAt"
      | "deletedAt"
    >
  >;
};

/**
 * The one way to change a session or its rows: locks the session row, gives `work` the row and the revision that
 * changed rows must carry, then writes counts, spend and revision with it. `work` answers null to change nothing.
 * Answers undefined when there is no such session (of that owner) or `work` changed nothing.
 */
export async function changeSession<T>(
  tx: Transaction,
  emit: Emit,
  { sessionId, ownerId, deleted = false }: { sessionId: string; ownerId?: string; deleted?: boolean },
  work: (session: Session, revision: number) => Promise<SessionChange<T> | null>,
): Promise<T | undefined> {
  const [session] = await tx
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.id, sessionId),
        ownerId ? eq(sessions.ownerId, ownerId) : undefined,
        deleted ? undefined : isNull(sessions.deletedAt),
      ),
    )
    .for("update");
  if (!session) return undefined;
  const revision = session.revision + 1;
  const change = await work(session, revision);
  if (!change) return undefined;
  await write(tx, emit, session, revision, change);
  return change.value;
}

async function write<T>(
  tx: Transaction,
  emit: Emit,
  session: Session,
  revision: number,
  { deltas = {}, spend = 0, maybeSpend = 0, reserved = 0, workMs = 0, set = {} }: SessionChange<T>,
) {
  const counts = addCounts(countsOf(session), deltas);
  const state = stateAfter(set.state ?? session.state, counts);
  const finishes = state === "finished" && session.state !== "finished";
  await tx
    .update(sessions)
    .set({
      ...set,
      state,
      revision,
      spend: session.spend + spend,
      maybeSpend: session.maybeSpend + maybeSpend,
      reserved: session.reserved + reserved,
      workMs: session.workMs + workMs,
      queuedCount: counts.queued,
      runningCount: counts.running,
      waitingCount: counts.waiting,
      completedCount: counts.completed,
      reusedCount: counts.reused,
      failedCount: counts.failed,
      blockedCount: counts.blocked,
      cancelledCount: counts.cancelled,
      unmetCount: counts.unmet,
      updatedAt: sql`now()`,
      ...(finishes ? { finishedAt: sql`now()`, pauseReason: null } : {}),
    })
    .where(eq(sessions.id, session.id));
  if (finishes) {
    emit({
      name: "session/finished",
      id: `session:${session.id}:finished:${revision}`,
      data: { sessionId: session.id },
    });
  }
}
