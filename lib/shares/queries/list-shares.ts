import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { shares } from "@/db/schema";
import type { ShareRow } from "../types";

/** Links of a session, newest first, by the database clock. Empty when the session is not that person's. */
export async function listShares({
  sessionId,
  userId,
}: {
  sessionId: string;
  userId: string;
}): Promise<ShareRow[]> {
  const rows = await db()
    .select({
      id: shares.id,
      options: shares.options,
      expiresAt: shares.expiresAt,
      createdAt: shares.createdAt,
      state: sql<ShareRow["state"]>`case when ${shares.revokedAt} is not null then 'revoked'
        when ${shares.expiresAt} <= now() then 'expired' else 'active' end`,
    })
    .from(shares)
    .where(and(eq(shares.sessionId, sessionId), eq(shares.ownerId, userId)))
    .orderBy(desc(shares.createdAt));
  return rows.map(({ options: { passwordHash, ...options }, ...row }) => ({
    ...row,
    options,
    locked: passwordHash !== undefined,
    expiresAt: row.expiresAt?.getTime() ?? null,
    createdAt: row.createdAt.getTime(),
  }));
}
