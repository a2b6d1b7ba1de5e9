import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { db } from "@/db";
import { type Session, sessions } from "@/db/schema";

/** A session of that person, or null: foreign, deleted and missing are the same. */
export async function findSession({
  sessionId,
  userId,
}: {
  sessionId: string;
  userId: string;
}): Promise<Session | null> {
  const [session] = await db()
    .select()
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.ownerId, userId), isNull(sessions.deletedAt)));
  return session ?? null;
}
