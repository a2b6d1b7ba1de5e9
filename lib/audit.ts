import "server-only";
import type { Queryable } from "@/db";
import { audit } from "@/db/schema";

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
  | "items.retry"
  | "items.regenerate"
  | "attempt.choose"
  | "share.create"
  | "share.revoke"
  | "connection.create"
  | "connection.change"
  | "connection.test"
  | "connection.revoke"
  | "limits.set"
  | "limits.learn"
  | "month.budget";

/** Appends who did what, in the transaction that did it. Never a prompt, a secret or an address. */
export async function recordAudit(
  tx: Queryable,
  entry: {
    ownerId: string;
    actor?: string;
    action: AuditAction;
    /** Left out where it concerns no session. */
    sessionId?: string;
    before?: unknown;
    after?: unknown;
  },
): Promise<void> {
  await tx.insert(audit).values({ ...entry, actor: entry.actor ?? `user:${entry.ownerId}` });
}
