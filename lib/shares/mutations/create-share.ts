import "server-only";
import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { type Session, sessions, shares } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { hashPassword } from "@/lib/auth/passwords";
import { env } from "@/lib/env";
import { transact } from "@/lib/events";
import { hashSecret, newSecret } from "@/lib/ids";
import { ok, type Result, refused } from "@/lib/result";
import { gone } from "@/lib/sessions/words";
import { MAX_ACTIVE_SHARES } from "../constants";
import type { ShareOptions } from "../types";

/** Makes a public link. Its address is in this answer alone: only the hash of the token is kept. */
export async function createShare({
  userId,
  sessionId,
  options,
  expiresInDays,
  password = null,
}: {
  userId: string;
  sessionId: string;
  options: ShareOptions;
  expiresInDays: 7 | 30 | null;
  password?: string | null;
}): Promise<Result<{ id: string; url: string }>> {
  const token = newSecret();
  const stored = password === null ? options : { ...options, passwordHash: await hashPassword(password) };
  return transact(async (tx) => {
    // Locked, so that two requests cannot both count below the limit.
    const [session] = await tx
      .select({ state: sessions.state })
      .from(sessions)
      .where(and(eq(sessions.id, sessionId), eq(sessions.ownerId, userId), isNull(sessions.deletedAt)))
      .for("update");
    if (!session) return gone();
    if (!isShareable(session.state)) return refused("draft", NOT_STARTED);
    const active = await tx.$count(
      shares,
      and(
        eq(shares.sessionId, sessionId),
        isNull(shares.revokedAt),
        or(isNull(shares.expiresAt), gt(shares.expiresAt, sql`now()`)),
      ),
    );
    if (active >= MAX_ACTIVE_SHARES) return refused("too_many", TOO_MANY);
    const [share] = await tx
      .insert(shares)
      .values({
        ownerId: userId,
        sessionId,
        tokenHash: hashSecret(token),
        options: stored,
        expiresAt: expiresInDays === null ? null : sql`now() + make_interval(days => ${expiresInDays}::int)`,
      })
      .returning({ id: shares.id });
    if (!share) throw new Error("the share was not made");
    await recordAudit(tx, {
      ownerId: userId,
      action: "share.create",
      sessionId,
      after: { shareId: share.id, options, expiresInDays, locked: password !== null },
    });
    return ok({ id: share.id, url: new URL(`/s/${token}`, env().NEXTAUTH_URL).href });
  });
}

function isShareable(state: Session["state"]): boolean {
  return state !== "draft" && state !== "scheduled";
}

const NOT_STARTED = "This session has not started, so there are no results to share. Start it, then share.";
const TOO_MANY = `${MAX_ACTIVE_SHARES} links to this session work now; that is the limit. Turn one off, then make a new one.`;
