import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { shares } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { transact } from "@/lib/events";
import { ok, type Result, refused } from "@/lib/result";

/** Ends a link at once, for its page and every picture. Revoking twice is no error. */
export async function revokeShare({ userId, shareId }: { userId: string; shareId: string }): Promise<Result> {
  return transact(async (tx) => {
    const mine = and(eq(shares.id, shareId), eq(shares.ownerId, userId));
    const [revoked] = await tx
      .update(shares)
      .set({ revokedAt: sql`now()` })
      .where(and(mine, isNull(shares.revokedAt)))
      .returning({ sessionId: shares.sessionId });
    if (!revoked) {
      const known = await tx.$count(shares, mine);
      return known > 0 ? ok() : refused("not_found", "This link is not here any more.");
    }
    await recordAudit(tx, {
      ownerId: userId,
      action: "share.revoke",
      sessionId: revoked.sessionId,
      after: { shareId },
    });
    return ok();
  });
}
