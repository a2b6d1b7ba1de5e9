import "server-only";
import { and, eq } from "drizzle-orm";
import { db } from "@/db";
import { logins, members } from "@/db/schema";
import { type AuditAction, recordAudit } from "@/lib/audit";
import { ok, type Result, refused } from "@/lib/result";

type Membership = { ownerId: string; memberId: string };

/** Ends somebody's place in a workspace, for every page, poll and file at once. What they made there stays. */
export async function removeMember(membership: Membership): Promise<Result> {
  const ended = await endMembership(membership, "member.remove");
  return ended ? ok() : refused("not_found", "This person does not work here any more. Nothing was changed.");
}

/** The same by the person themselves. */
export async function leaveWorkspace(membership: Membership): Promise<Result> {
  const ended = await endMembership(membership, "member.leave");
  return ended
    ? ok()
    : refused("not_found", "You do not work in this workspace any more. Nothing was changed.");
}

async function endMembership({ ownerId, memberId }: Membership, action: AuditAction): Promise<boolean> {
  return db().transaction(async (tx) => {
    const [ended] = await tx
      .delete(members)
      .where(and(eq(members.ownerId, ownerId), eq(members.memberId, memberId)))
      .returning({ memberId: members.memberId });
    if (!ended) return false;
    // Invited again, nobody lands in a workspace they did not choose since.
    await tx
      .update(logins)
      .set({ workspaceId: null })
      .where(and(eq(logins.userId, memberId), eq(logins.workspaceId, ownerId)));
    await recordAudit(tx, { ownerId, action, before: { member: memberId } });
    return true;
  });
}
