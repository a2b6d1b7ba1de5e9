import "server-only";
import { and, eq, gt, isNull, lt, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { db } from "@/db";
import { images, inputs, items, logins, recipes, sessions, shares, snippets, users } from "@/db/schema";
import { LOGIN_IDLE_SECONDS } from "./constants";
import type { LoginClaims } from "./login-cookie";
import type { Named } from "./named";
import type { CurrentUser } from "./types";

const home = alias(users, "home");

/**
 * The person behind a login that still counts, and the workspace they work in. A login counts when it is not revoked,
 * not idle or too old by the database clock, of the current generation, and its person not disabled. Null otherwise.
 * The workspace is that of what the request names, else the login's choice, else their own; the first two only
 * while they are a member there.
 */
export async function getLoginUser(
  { uid, lid, ver }: LoginClaims,
  named: Named | null = null,
): Promise<{ user: CurrentUser; seenLongAgo: boolean } | null> {
  const idleSince = sql`now() - make_interval(secs => ${LOGIN_IDLE_SECONDS})`;
  const [row] = await db()
    .select({
      person: { personId: users.id, email: users.email, name: users.name, isOwner: users.isOwner },
      home: { id: home.id, name: home.name, email: home.email },
      chosen: logins.workspaceId,
      isMember: sql<boolean>`exists (select 1 from members m where m.member_id = ${users.id})`,
      seenLongAgo: lt(logins.lastSeenAt, sql`now() - interval '1 minute'`).mapWith(Boolean),
    })
    .from(logins)
    .innerJoin(users, eq(users.id, logins.userId))
    .innerJoin(home, eq(home.id, workspaceOf(named)))
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
  if (!row) return null;
  const { person, isMember, seenLongAgo } = row;
  const { id, ...owner } = row.home;
  const role = id === person.personId ? "owner" : "member";
  const isVisiting = id !== (row.chosen ?? person.personId);
  return { user: { id, ...person, role, loginId: lid, home: owner, isMember, isVisiting }, seenLongAgo };
}

const TABLES = {
  sessionId: sessions,
  itemId: items,
  inputId: inputs,
  imageId: images,
  shareId: shares,
  recipeId: recipes,
  snippetId: snippets,
} as const;

function workspaceOf(named: Named | null): SQL {
  const theirs = sql`(select m.owner_id from members m where m.owner_id = ${logins.workspaceId} and ${mayWorkIn(sql`m.owner_id`)})`;
  if (!named) return sql`coalesce(${theirs}, ${users.id})`;
  const ofNamed = sql`(select n.owner_id from ${TABLES[named.name]} n where n.id = ${named.id}
    and (n.owner_id = ${users.id} or ${mayWorkIn(sql`n.owner_id`)}))`;
  return sql`coalesce(${ofNamed}, ${theirs}, ${users.id})`;
}

function mayWorkIn(ownerId: SQL): SQL {
  return sql`exists (select 1 from members mine join users o on o.id = mine.owner_id
    where mine.owner_id = ${ownerId} and mine.member_id = ${users.id} and o.disabled_at is null)`;
}
