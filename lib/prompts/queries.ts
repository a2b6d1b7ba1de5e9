import "server-only";
import { and, desc, eq, isNotNull, isNull, max, ne, sql } from "drizzle-orm";
import { db } from "@/db";
import { sessions } from "@/db/schema";
import { MAX_HISTORY } from "./constants";

/**
 * Prompts that person started sessions of this workspace with, each once, the one used last first. Without a person
 * the workspace's own owner.
 */
export async function listEarlierPrompts({
  userId,
  personId = userId,
}: {
  userId: string;
  personId?: string;
}): Promise<string[]> {
  const { prompt, startedAt } = sessions;
  const byPerson = eq(sql`coalesce(${sessions.startedBy}, ${sessions.ownerId})`, personId);
  const rows = await db()
    .select({ prompt })
    .from(sessions)
    .where(
      and(
        eq(sessions.ownerId, userId),
        isNull(sessions.deletedAt),
        isNotNull(startedAt),
        ne(prompt, ""),
        byPerson,
      ),
    )
    .groupBy(prompt)
    .orderBy(desc(max(startedAt)))
    .limit(MAX_HISTORY);
  return rows.map((row) => row.prompt);
}
