import "server-only";
import { and, eq, gt, isNull, lt, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { db } from "@/db";
import {
  images,
  inputs,
  items,
  logins,
  members,
  recipes,
  sessions,
  shares,
  snippets,
  users,
} from "@/db/schema";
import { LOGIN_IDLE_SECONDS } from "./constants";
import type { LoginClaims } from "./login-cookie";
import type { Named } from "./named";
import type { CurrentUser } from "./types";

const host = alias(users, "host");

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
  const namedOwner = ownerOf(named);
  const joined = bestOfJoined(namedOwner);
  const [row] = await db()
    .select({
      person: { personId: users.id, email: users.email, name: users.name, isOwner: users.isOwner },
      joined: { id: joined.id, name: joined.name, email: joined.email },
      namedOwner,
      chosen: logins.workspaceId,
      seenLongAgo: lt(logins.lastSeenAt, sql`now() - interval '1 minute'`).mapWith(Boolean),
    })
    .from(logins)
    .innerJoin(users, eq(users.id, logins.userId))
    .leftJoinLateral(joined, sql`true`)
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
  const { person, seenLongAgo, ...rest } = row;
  return { user: { ...person, ...placeOf({ ...person, ...rest }), loginId: lid }, seenLongAgo };
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

function ownerOf(named: Named | null): SQL<string | null> {
  if (!named) return sql`null::uuid`;
  return sql`(select n.owner_id from ${TABLES[named.name]} n where n.id = ${named.id})`;
}

/** Of the workspaces a person joined the one named, else the one chosen, else any. */
function bestOfJoined(namedOwner: SQL) {
  const is = (owner: SQL) => sql`(${members.ownerId} is not distinct from ${owner}) desc`;
  return db()
    .select({ id: host.id, name: host.name, email: host.email })
    .from(members)
    .innerJoin(host, and(eq(host.id, members.ownerId), isNull(host.disabledAt)))
    .where(eq(members.memberId, users.id))
    .orderBy(is(namedOwner), is(sql`${logins.workspaceId}`))
    .limit(1)
    .as("joined");
}

type Found = {
  personId: string;
  name: string | null;
  email: string | null;
  joined: { id: string; name: string | null; email: string | null } | null;
  namedOwner: string | null;
  chosen: string | null;
};

// A named row of strangers, or of nobody, counts as none: the answer must not tell one from the other.
function placeOf({ personId, name, email, joined, namedOwner, chosen }: Found) {
  const isThere = joined !== null && namedOwner !== personId && [namedOwner, chosen].includes(joined.id);
  const { id, ...home } = isThere ? joined : { id: personId, name, email };
  return {
    id,
    home,
    role: isThere ? "member" : "owner",
    isMember: joined !== null,
    isVisiting: id !== (chosen ?? personId),
  } as const;
}
