import "server-only";
import type { Queryable } from "@/db";
import { audit } from "@/db/schema";
import { actingPerson } from "./auth/acting";

export type AuditAction =
  | "session.start"
  | "session.pause"
  | "session.resume"
  | "session.budget"
  | "session.cancel"
  | "session.finish"
  | "session.finish.mail"
  | "session.delete"
  | "session.restore"
  | "session.duplicate"
  | "session.chain"
  | "session.results"
  | "items.retry"
  | "items.regenerate"
  | "items.live"
  | "attempt.choose"
  | "chain.save"
  | "chain.run"
  | "recipe.save"
  | "recipe.import"
  | "recipe.rename"
  | "recipe.delete"
  | "recipe.restore"
  | "share.create"
  | "share.revoke"
  | "connection.create"
  | "connection.change"
  | "connection.test"
  | "connection.revoke"
  | "limits.set"
  | "limits.learn"
  | "month.budget"
  | "invitation.create"
  | "invitation.revoke"
  | "member.join"
  | "member.remove"
  | "member.leave";

/**
 * Appends who did what, in the transaction that did it. Never a prompt, a secret or an address. Without an `actor` it
 * is the person of the request, or the owner where there is none.
 */
export async function recordAudit(
  tx: Queryable,
  entry: {
    ownerId: string;
    actor?: string;
    /** For what somebody does before they are signed in. */
    actorId?: string;
    action: AuditAction;
    /** Left out where it concerns no session. */
    sessionId?: string;
    before?: unknown;
    after?: unknown;
  },
): Promise<void> {
  const actorId = entry.actor ? null : (entry.actorId ?? actingPerson() ?? entry.ownerId);
  await tx.insert(audit).values({ ...entry, actorId, actor: entry.actor ?? `user:${actorId}` });
}
