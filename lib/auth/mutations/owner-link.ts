import "server-only";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { ownerLinks, users } from "@/db/schema";
import { hashSecret } from "@/lib/ids";
import type { LoginClaims } from "../login-cookie";
import { createLogin } from "./logins";

/** Uses the link up and signs the owner in; null when it is unknown, used or older than 10 minutes. */
export async function redeemOwnerLink(given: {
  token: string;
  userAgent: string | null;
}): Promise<LoginClaims | null> {
  return db().transaction(async (tx) => {
    const [used] = await tx
      .update(ownerLinks)
      .set({ usedAt: sql`now()` })
      .where(
        and(
          eq(ownerLinks.tokenHash, hashSecret(given.token)),
          isNull(ownerLinks.usedAt),
          gt(ownerLinks.expiresAt, sql`now()`),
        ),
      )
      .returning({ tokenHash: ownerLinks.tokenHash });
    if (!used) return null;
    return createLogin({ userId: await ownerId(tx), userAgent: given.userAgent }, tx);
  });
}

// The unique index on is_owner lets one owner exist, whoever inserts first.
async function ownerId(tx: Transaction): Promise<string> {
  await tx.insert(users).values({ name: "Owner", isOwner: true }).onConflictDoNothing();
  const [owner] = await tx.select({ id: users.id }).from(users).where(eq(users.isOwner, true));
  if (!owner) throw new Error("the owner row is missing right after it was made");
  return owner.id;
}
