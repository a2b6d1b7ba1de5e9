import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { invitations, members, users } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { env } from "@/lib/env";
import { hashSecret, newSecret } from "@/lib/ids";
import { mailInvitation } from "@/lib/notices/mutations";
import { ok, type Result, refused } from "@/lib/result";
import { INVITATION_DAYS, MAX_INVITATIONS, MAX_MEMBERS } from "../constants";
import { invitationPath } from "../invitation-path";
import { isOpen } from "../queries";
import type { MailOutcome } from "../types";
import { personWords } from "../words";

type Invited = { id: string; url: string; mail: MailOutcome };

/**
 * Makes a link into a workspace for one person, and mails it where an address is given and mail is set up. Its address
 * is in this answer alone: only the hash of the token is kept.
 */
export async function invite({
  ownerId,
  email,
}: {
  ownerId: string;
  email: string;
}): Promise<Result<Invited>> {
  const token = newSecret();
  const made = await db().transaction(async (tx): Promise<Result<{ id: string; from: string }>> => {
    // Locked, so that two requests cannot both count below the limit.
    const [owner] = await tx
      .select({ name: users.name, email: users.email })
      .from(users)
      .where(eq(users.id, ownerId))
      .for("update");
    if (!owner) return refused("not_found", "This workspace is not here any more.");
    const open = await tx.$count(invitations, and(eq(invitations.ownerId, ownerId), isOpen));
    if (open >= MAX_INVITATIONS) return refused("too_many", TOO_MANY_LINKS);
    const there = await tx.$count(members, eq(members.ownerId, ownerId));
    if (there >= MAX_MEMBERS) return refused("too_many", TOO_MANY_MEMBERS);
    const [row] = await tx
      .insert(invitations)
      .values({
        ownerId,
        tokenHash: hashSecret(token),
        email: email || null,
        expiresAt: sql`now() + make_interval(days => ${INVITATION_DAYS}::int)`,
      })
      .returning({ id: invitations.id });
    if (!row) throw new Error("the invitation was not made");
    await recordAudit(tx, { ownerId, action: "invitation.create", after: { invitation: row.id } });
    return ok({ id: row.id, from: personWords(owner) });
  });
  if (!made.ok) return made;
  const { id, from } = made.value;
  const url = new URL(invitationPath(token), env().NEXTAUTH_URL).href;
  const mail = email ? await mailInvitation({ to: email, from, link: url, ownerId }) : "none";
  return ok({ id, url, mail });
}

/** Takes a link back. One that is used, over or revoked already is no error. */
export async function revokeInvitation(given: { ownerId: string; invitationId: string }): Promise<Result> {
  const { ownerId, invitationId } = given;
  return db().transaction(async (tx) => {
    const [gone] = await tx
      .delete(invitations)
      .where(and(eq(invitations.id, invitationId), eq(invitations.ownerId, ownerId)))
      .returning({ id: invitations.id });
    if (!gone) return refused("not_found", "This invitation is not here any more.");
    await recordAudit(tx, { ownerId, action: "invitation.revoke", before: { invitation: gone.id } });
    return ok();
  });
}

const TOO_MANY_LINKS = `${MAX_INVITATIONS} invitations are open; that is the limit. Revoke one, then invite again.`;
const TOO_MANY_MEMBERS = `${MAX_MEMBERS} people work here; that is the limit. Nobody was invited.`;
