import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { audit, type Session, sessions } from "@/db/schema";
import { type AuditAction, recordAudit } from "@/lib/audit";
import { log } from "@/lib/log";
import { countsOf } from "../counts";

/** Writes the end of a run into the record, with its counts. */
export async function recordFinish({ sessionId }: { sessionId: string }): Promise<void> {
  const session = await claimFinish({ sessionId, action: "session.finish" });
  if (session) log.info("session finished", { sessionId, ...countsOf(session) });
}

/**
 * Writes `action` into the record once for each end of a run, however often its event comes. Answers the session to
 * the one who wrote it; null when that was done before or the session is not finished any more.
 */
export async function claimFinish({
  sessionId,
  action,
}: {
  sessionId: string;
  action: AuditAction;
}): Promise<Session | null> {
  return db().transaction(async (tx) => {
    const [session] = await tx.select().from(sessions).where(eq(sessions.id, sessionId)).for("update");
    if (session?.state !== "finished" || !session.finishedAt) return null;
    const finishedAt = session.finishedAt.toISOString();
    const [before] = await tx
      .select({ id: audit.id })
      .from(audit)
      .where(
        and(
          eq(audit.ownerId, session.ownerId),
          eq(audit.sessionId, sessionId),
          eq(audit.action, action),
          sql`${audit.after}->>'finishedAt' = ${finishedAt}`,
        ),
      )
      .limit(1);
    if (before) return null;
    const after = { ...countsOf(session), finishedAt };
    await recordAudit(tx, { ownerId: session.ownerId, actor: "engine", action, sessionId, after });
    return session;
  });
}
