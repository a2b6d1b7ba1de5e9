import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { db } from "@/db";
import { inputs, sessions } from "@/db/schema";
import { effectivePrompt } from "@/lib/prompts/merge";
import type { InputDetails } from "../details";

/** One input with its whole prompt, or null when it is not that person's. */
export async function getInputDetails({
  inputId,
  userId,
}: {
  inputId: string;
  userId: string;
}): Promise<InputDetails | null> {
  const [row] = await db()
    .select({
      id: inputs.id,
      name: inputs.sourceName,
      prompt: inputs.prompt,
      promptMode: inputs.promptMode,
      draft: sessions.prompt,
      snapshot: sessions.snapshot,
    })
    .from(inputs)
    .innerJoin(sessions, and(eq(sessions.id, inputs.sessionId), isNull(sessions.deletedAt)))
    .where(and(eq(inputs.id, inputId), eq(inputs.ownerId, userId), eq(inputs.role, "source")));
  if (!row) return null;
  const { draft, snapshot, ...input } = row;
  const session = snapshot?.prompt ?? draft;
  return { ...input, effectivePrompt: effectivePrompt({ session, mode: row.promptMode, own: row.prompt }) };
}
