import "server-only";
import { and, desc, eq, isNotNull, isNull, max, ne } from "drizzle-orm";
import { db } from "@/db";
import { sessions } from "@/db/schema";
import { MAX_HISTORY } from "./constants";

/** Prompts that person's sessions were started with, each once, the one used last first. */
export async function listEarlierPrompts({ userId }: { userId: string }): Promise<string[]> {
  const { prompt, startedAt } = sessions;
  const rows = await db()
    .select({ prompt })
    .from(sessions)
    .where(
      and(eq(sessions.ownerId, userId), isNull(sessions.deletedAt), isNotNull(startedAt), ne(prompt, "")),
    )
    .groupBy(prompt)
    .orderBy(desc(max(startedAt)))
    .limit(MAX_HISTORY);
  return rows.map((row) => row.prompt);
}
