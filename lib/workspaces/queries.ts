import "server-only";
import { and, asc, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { db, type Queryable } from "@/db";
import { invitations, members, users } from "@/db/schema";
import { hashSecret } from "@/lib/ids";
import { tokenSchema } from "./schemas";
import type { InvitationView, OpenInvitation, TeamMember, Workspace } from "./types";
import { OWN_WORKSPACE, personWords, workspaceWords } from "./words";

/** All workspaces of a person: their own, then those they joined, the first joined first. */
export async function listWorkspaces({ personId }: { personId: string }): Promise<Workspace[]> {
  const joined = await db()
    .select({ id: users.id, name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.ownerId))
    .where(and(eq(members.memberId, personId), isNull(users.disabledAt)))
    .orderBy(asc(members.createdAt));
  return [
    { id: personId, name: OWN_WORKSPACE },
    ...joined.map((owner) => ({ id: owner.id, name: workspaceWords(owner) })),
  ];
}

/** Who works in a workspace besides its owner, the first joined first. */
export async function listMembers({ ownerId }: { ownerId: string }): Promise<TeamMember[]> {
  const rows = await db()
    .select({ id: users.id, name: users.name, email: users.email, joinedAt: members.createdAt })
    .from(members)
    .innerJoin(users, eq(users.id, members.memberId))
    .where(eq(members.ownerId, ownerId))
    .orderBy(asc(members.createdAt));
  return rows.map((row) => ({ ...row, joinedAt: row.joinedAt.getTime() }));
}

/** Links that still let somebody in, newest first. Their addresses are known to nobody any more. */
export async function listInvitations({ ownerId }: { ownerId: string }): Promise<OpenInvitation[]> {
  const { id, email, createdAt, expiresAt } = invitations;
  const rows = await db()
    .select({ id, email, createdAt, expiresAt })
    .from(invitations)
    .where(and(eq(invitations.ownerId, ownerId), isOpen))
    .orderBy(desc(createdAt));
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.getTime(),
    expiresAt: row.expiresAt.getTime(),
  }));
}

/** Neither used nor over, by the database clock. */
export const isOpen = and(isNull(invitations.usedAt), gt(invitations.expiresAt, sql`now()`));

/** What a link says to whoever looks at it; null where there never was one, or it was revoked. */
export async function viewInvitation({
  token,
  personId = null,
}: {
  token: string;
  personId?: string | null;
}): Promise<InvitationView | null> {
  if (!tokenSchema.safeParse(token).success) return null;
  const [row] = await db()
    .select({
      ownerId: invitations.ownerId,
      name: users.name,
      email: users.email,
      isOpen: sql<boolean>`${isOpen}`,
      isMember: sql<boolean>`exists (select 1 from ${members}
        where ${members.ownerId} = ${invitations.ownerId} and ${members.memberId} = ${personId}::uuid)`,
    })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.ownerId))
    .where(and(eq(invitations.tokenHash, hashSecret(token)), isNull(users.disabledAt)));
  if (!row) return null;
  const { ownerId, isMember } = row;
  const theirs = ownerId === personId ? "owner" : isMember ? "member" : null;
  return { ownerId, from: personWords(row), isOpen: row.isOpen, theirs };
}

/** Whether a link lets somebody in now. */
export async function isInvited(token: string | null | undefined, on: Queryable = db()): Promise<boolean> {
  if (!token || !tokenSchema.safeParse(token).success) return false;
  const [row] = await on
    .select({ id: invitations.id })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.ownerId))
    .where(and(eq(invitations.tokenHash, hashSecret(token)), isOpen, isNull(users.disabledAt)));
  return row !== undefined;
}
