import "server-only";
import { and, eq } from "drizzle-orm";
import { db } from "@/db";
import { type Session, sessions } from "@/db/schema";
import { actingPerson } from "@/lib/auth/acting";
import { ORIGINAL } from "@/lib/steps/constants";
import { insertChain } from "@/lib/steps/mutations/insert-chain";
import type { StepContent } from "@/lib/steps/types";
import { UNTITLED } from "../constants";
import { newSettings } from "../queries/new-settings";
import type { SessionSettings } from "../types";

const FIRST_STEP = { settings: null, source: ORIGINAL, references: [], enabled: true };

/**
 * A new draft. The same intent of the same person twice is the same session. Without settings: the default model's.
 * Without steps: one, which takes the session's prompt in a bulk session and has its own in a serial one.
 */
export async function createSession({
  userId,
  intent,
  name,
  prompt = "",
  settings,
  kind = "bulk",
  steps: given,
  recipeVersionId = null,
}: {
  userId: string;
  intent: string;
  kind?: Session["kind"];
  steps?: (StepContent & { id?: string })[];
  recipeVersionId?: string | null;
  name?: string;
  prompt?: string;
  settings?: SessionSettings;
}): Promise<{ id: string }> {
  const first = settings ?? (await newSettings({ userId }));
  const steps = given ?? [{ ...FIRST_STEP, prompt: kind === "serial" ? "" : null }];
  return db().transaction(async (tx) => {
    const [made] = await tx
      .insert(sessions)
      .values({
        ownerId: userId,
        createdBy: actingPerson(),
        intent,
        kind,
        name: name ?? UNTITLED,
        prompt,
        settings: first,
        stepCount: steps.length,
        recipeVersionId,
      })
      .onConflictDoNothing()
      .returning({ id: sessions.id });
    if (made) {
      await insertChain(tx, { ownerId: userId, sessionId: made.id, chain: steps });
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
