import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { attempts, items } from "@/db/schema";
import { RUN_LEASE_SECONDS } from "../constants";
import type { ReceivedAnswer } from "../types";
import type { BegunAttempt } from "./begin-attempt";

/**
 * Marks the attempt as sent. After "sent" the model may be called once. "lost": it was sent before (a repeated step:
 * its outcome is unknown) or its lease is gone. "blocked": the provider asked for silence meanwhile.
 */
export async function claimSend({
  attemptId,
  leaseToken,
}: BegunAttempt): Promise<"sent" | "blocked" | "lost"> {
  const [row] = await db().execute<{ sent: boolean; blocked: boolean }>(sql`
    with held as materialized (
      select a.id, exists (
        select 1 from limits l where l.connection = i.connection and l.blocked_until > clock_timestamp()
      ) as blocked
      from attempts a join items i on i.id = a.item_id
      where a.id = ${attemptId} and a.outcome = 'sending' and a.sent_at is null
        and i.lease_token = ${leaseToken} and i.status = 'running'
    ), sent as (
      update attempts a set sent_at = clock_timestamp() from held h
      where a.id = h.id and not h.blocked and a.sent_at is null returning a.id
    )
    select h.blocked, exists (select 1 from sent) as sent from held h`);
  if (row?.sent) return "sent";
  return row?.blocked ? "blocked" : "lost";
}

/** Writes down what a stored answer said, so that a crash after this asks for nothing twice. False: it is not ours. */
export async function markReceived(
  { attemptId, leaseToken }: BegunAttempt,
  received: ReceivedAnswer,
): Promise<boolean> {
  const rows = await db()
    .update(attempts)
    .set({ received, receivedAt: sql`now()`, requestId: received.requestId })
    .from(items)
    .where(
      and(
        eq(attempts.id, attemptId),
        eq(attempts.outcome, "sending"),
        eq(items.id, attempts.itemId),
        eq(items.leaseToken, leaseToken),
      ),
    )
    .returning({ id: attempts.id });
  return rows.length > 0;
}

/** Keeps a running item's lease; false when it was lost, and the work must stop. */
export async function renewLease({
  itemId,
  leaseToken,
}: {
  itemId: string;
  leaseToken: string;
}): Promise<boolean> {
  const rows = await db()
    .update(items)
    .set({ leaseUntil: sql`now() + make_interval(secs => ${RUN_LEASE_SECONDS})` })
    .where(and(eq(items.id, itemId), eq(items.leaseToken, leaseToken), eq(items.status, "running")))
    .returning({ id: items.id });
  return rows.length > 0;
}
