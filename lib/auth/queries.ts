import "server-only";
import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { db } from "@/db";
import { logins, users } from "@/db/schema";
import { LOGIN_IDLE_SECONDS } from "./constants";
import type { LoginClaims } from "./login-cookie";

/**
 * The person behind a login that still counts: not revoked, not idle or too old by the database clock, of the
 * current generation, and not disabled. Null otherwise.
 */
export async function getLoginUser({ uid, lid, ver }: LoginClaims) {
  const idleSince = sql`now() - make_interval(secs => ${LOGIN_IDLE_SECONDS})`;
  const [row] = await db()
    .select({
      user: { id: users.id, email: users.email, name: users.name, isOwner: users.isOwner },
      seenLongAgo: lt(logins.lastSeenAt, sql`now() - interval '1 minute'`).mapWith(Boolean),
    })
    .from(logins)
    .innerJoin(users, eq(users.id, logins.userId))
    .where(
      and(
        eq(logins.id, lid),
        eq(logins.userId, uid),
        isNull(logins.revokedAt),
        gt(logins.expiresAt, sql`now()`),
        gt(logins.lastSeenAt, idleSince),
        isNull(users.disabledAt),
        eq(users.loginVersion, ver),
      ),
    );
  return row ?? null;
}
