import "server-only";
import { and, eq } from "drizzle-orm";
import { db } from "@/db";
import { sessions, steps } from "@/db/schema";
import { actingPerson } from "@/lib/auth/acting";
import { UNTITLED } from "../constants";
import { newSettings } from "../queries/new-settings";
import type { SessionSettings } from "../types";

/** A new draft. The same intent of the same person twice is the same session. Without settings: the default model's. */
export async function createSession({
  userId,
  intent,
  name,
  prompt = "",
  settings,
}: {
  userId: string;
  intent: string;
  name?: string;
  prompt?: string;
  settings?: SessionSettings;
}): Promise<{ id: string }> {
  const first = settings ?? (await newSettings({ userId }));
  return db().transaction(async (tx) => {
    const [made] = await tx
      .insert(sessions)
      .values({
        ownerId: userId,
        createdBy: actingPerson(),
        intent,
        name: name ?? UNTITLED,
        prompt,
        settings: first,
      })
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
