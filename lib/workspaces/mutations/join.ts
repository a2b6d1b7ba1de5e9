import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { invitations, members, users } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { chooseWorkspace } from "@/lib/auth/mutations/logins";
import { hashSecret } from "@/lib/ids";
import { ok, type Result, refused } from "@/lib/result";
import { MAX_MEMBERS } from "../constants";
import { isOpen, viewInvitation } from "../queries";

type Person = { personId: string; loginId: string };

/**
 * Uses a link up: the person belongs to that workspace from now on, and this login works there. Whoever belongs to it
 * already only goes there, and the link stays good for somebody else.
 */
export async function joinWorkspace({
  token,
  personId,
  loginId,
}: Person & { token: string }): Promise<Result<{ workspaceId: string }>> {
  const invitation = await viewInvitation({ token, personId });
  if (!invitation) return usedUp();
  const { ownerId: workspaceId, theirs } = invitation;
  if (theirs === "owner") return refused("own", "This is your own workspace. The link is still good.");
  if (!theirs && !(await db().transaction((tx) => redeemInvitation(tx, { token, personId }))))
    return usedUp();
  await chooseWorkspace({ loginId, personId, workspaceId });
  return ok({ workspaceId });
}

/** Inside the transaction that makes an account, or alone: true when the link let that person in. */
export async function redeemInvitation(
  tx: Transaction,
  { token, personId }: { token: string; personId: string },
): Promise<boolean> {
  // One statement decides who of two gets in; the other waits for it here and finds the link used.
  const [used] = await tx
    .update(invitations)
    .set({ usedAt: sql`now()` })
    .from(users)
    .where(
      and(
        eq(invitations.tokenHash, hashSecret(token)),
        isOpen,
        eq(users.id, invitations.ownerId),
        isNull(users.disabledAt),
        sql`${invitations.ownerId} <> ${personId}`,
        sql`(select count(*) from ${members} where ${members.ownerId} = ${invitations.ownerId}) < ${MAX_MEMBERS}`,
      ),
    )
    .returning({ id: invitations.id, ownerId: invitations.ownerId });
  if (!used) return false;
  const { id, ownerId } = used;
  await tx.insert(members).values({ ownerId, memberId: personId }).onConflictDoNothing();
  const after = { member: personId, invitation: id };
  await recordAudit(tx, { ownerId, actorId: personId, action: "member.join", after });
  return true;
}

function usedUp() {
  return refused("used_up", "This invitation was used or has ended. Ask whoever sent it for a new one.");
}
