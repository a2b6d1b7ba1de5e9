import "server-only";
import { and, eq } from "drizzle-orm";
import { db } from "@/db";
import { sessions, steps } from "@/db/schema";
import { DEFAULT_SETTINGS } from "../constants";
import type { SessionSettings } from "../types";

/** A new draft. The same intent of the same person twice is the same session. */
export async function createSession({
  userId,
  intent,
  name,
  prompt = "",
  settings = DEFAULT_SETTINGS,
}: {
  userId: string;
  intent: string;
  name?: string;
  prompt?: string;
  settings?: SessionSettings;
}): Promise<{ id: string }> {
  return db().transaction(async (tx) => {
    const [made] = await tx
      .insert(sessions)
      .values({ ownerId: userId, intent, name: name ?? "Untitled session", prompt, settings })
      .onConflictDoNothing()
      .returning({ id: sessions.id });
    if (made) {
      await tx.insert(steps).values({ ownerId: userId, sessionId: made.id, position: 1 });
      return made;
    }
    const [there] = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.ownerId, userId), eq(sessions.intent, intent)));
    if (!there) throw new Error("the session was neither made nor found");
    return there;
  });
}
