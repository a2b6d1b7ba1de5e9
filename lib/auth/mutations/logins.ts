import "server-only";
import { and, eq, isNull, lt, sql } from "drizzle-orm";
import { db, type Queryable } from "@/db";
import { logins, members, users } from "@/db/schema";
import { LOGIN_ABSOLUTE_SECONDS } from "../constants";
import type { LoginClaims } from "../login-cookie";

/** A fresh login row for each sign-in; null when the person is gone or disabled. */
export async function createLogin(
  { userId, userAgent }: { userId: string; userAgent: string | null },
  on: Queryable = db(),
): Promise<LoginClaims | null> {
  const [user] = await on
    .select({ ver: users.loginVersion })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt)));
  if (!user) return null;
  const [login] = await on
    .insert(logins)
    .values({
      userId,
      userAgent: userAgent?.slice(0, 300),
      expiresAt: sql`now() + make_interval(secs => ${LOGIN_ABSOLUTE_SECONDS})`,
    })
    .returning({ lid: logins.id });
  return login ? { uid: userId, lid: login.lid, ver: user.ver } : null;
}

/** Notes the use of a login, at most once a minute. */
export async function touchLogin(lid: string) {
  await db()
    .update(logins)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(logins.id, lid), lt(logins.lastSeenAt, sql`now() - interval '1 minute'`)));
}

/**
 * Makes a workspace the one this login works in from now on. Answers whether it did: only a member
 * may. Every request asks again, so what is kept here opens nothing by itself.
 */
export async function chooseWorkspace({
  loginId,
  personId,
  workspaceId,
}: {
  loginId: string;
  personId: string;
  workspaceId: string;
}): Promise<boolean> {
  const isOwn = workspaceId === personId;
  const mayWorkThere = sql`exists (select 1 from ${members}
    where ${members.ownerId} = ${workspaceId} and ${members.memberId} = ${personId})`;
  const chosen = await db()
    .update(logins)
    .set({ workspaceId: isOwn ? null : workspaceId })
    .where(and(eq(logins.id, loginId), eq(logins.userId, personId), isOwn ? undefined : mayWorkThere))
    .returning({ id: logins.id });
  return chosen.length > 0;
}

export async function revokeLogin({ lid, uid }: Pick<LoginClaims, "lid" | "uid">) {
  await db()
    .update(logins)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(logins.id, lid), eq(logins.userId, uid), isNull(logins.revokedAt)));
}

/** Ends every login of a person at once, on all devices. */
export async function revokeEveryLogin(userId: string, on: Queryable = db()) {
  await on
    .update(users)
    .set({ loginVersion: sql`${users.loginVersion} + 1` })
    .where(eq(users.id, userId));
}
