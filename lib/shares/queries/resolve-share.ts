import "server-only";
import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { db } from "@/db";
import { sessions, shares, users } from "@/db/schema";
import { hashSecret } from "@/lib/ids";
import { countsOf } from "@/lib/sessions/counts";
import { openItems } from "@/lib/sessions/status";
import { tokenSchema } from "../schemas";
import type { ShareOptions } from "../types";

/** A link that works now. Stays on the server: a visitor gets what lib/shares/queries makes of it. */
export type OpenShare = {
  id: string;
  sessionId: string;
  ownerId: string;
  title: string;
  namePattern: string;
  options: ShareOptions;
  /** Results may still come. */
  open: boolean;
  /** Of the password it asks for; null: none. */
  passwordHash: string | null;
};

/**
 * The session behind a token, or null: unknown, revoked, expired and deleted are the same. Looked up by hash, so that
 * the time of an answer says nothing about a token; by the database clock.
 */
export async function resolveShare(token: string): Promise<OpenShare | null> {
  if (!tokenSchema.safeParse(token).success) return null;
  const [row] = await db()
    .select({ id: shares.id, options: shares.options, session: sessions })
    .from(shares)
    .innerJoin(sessions, and(eq(sessions.id, shares.sessionId), isNull(sessions.deletedAt)))
    .innerJoin(users, and(eq(users.id, shares.ownerId), isNull(users.disabledAt)))
    .where(
      and(
        eq(shares.tokenHash, hashSecret(token)),
        isNull(shares.revokedAt),
        or(isNull(shares.expiresAt), gt(shares.expiresAt, sql`now()`)),
      ),
    );
  if (!row) return null;
  const { id, session } = row;
  const { passwordHash = null, ...options } = row.options;
  return {
    id,
    passwordHash,
    sessionId: session.id,
    ownerId: session.ownerId,
    title: session.name,
    namePattern: (session.snapshot?.settings ?? session.settings).namePattern,
    options,
    open: openItems(countsOf(session)) > 0,
  };
}
