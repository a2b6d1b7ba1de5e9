import "server-only";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { sessions } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import type { Emit } from "@/lib/events";
import { changeSession } from "@/lib/sessions/mutations/change-session";
import { mayBecome } from "@/lib/sessions/status";

/**
 * Pauses an owner's running sessions on a connection that can't be used, with the reason `connection`. Nothing that
 * waits is lost; Resume goes on once another one is chosen or this one works. Answers how many.
 */
export async function pauseSessionsOn(
  tx: Transaction,
  emit: Emit,
  { key, ownerId }: { key: string; ownerId: string },
): Promise<number> {
  const isOnIt = sql`${sessions.snapshot} -> 'settings' ->> 'connection' = ${key}`;
  const isRunning = and(eq(sessions.state, "running"), isNull(sessions.deletedAt));
  const running = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.ownerId, ownerId), isRunning, isOnIt))
    .orderBy(asc(sessions.id));
  let paused = 0;
  for (const { id: sessionId } of running) {
    const done = await changeSession(tx, emit, { sessionId, ownerId }, async ({ state }) => {
      if (!mayBecome(state, "paused")) return null;
      await recordAudit(tx, { ownerId, action: "session.pause", sessionId, before: { state } });
      return { value: true, set: { state: "paused", pauseReason: "connection" } };
    });
    if (done) paused += 1;
  }
  return paused;
}
