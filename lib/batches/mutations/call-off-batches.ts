import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import type { Emit } from "@/lib/events";

/**
 * Asks for the cancellation of a session's open batches: all, or those with running items that `holding` (over alias
 * `i`) is true of. What is made by then is kept and paid for.
 */
export async function callOffBatches(
  tx: Transaction,
  emit: Emit,
  { sessionId, holding }: { sessionId: string; holding?: SQL },
): Promise<void> {
  const chosen = holding
    ? sql`exists (select 1 from attempts a join items i on i.id = a.item_id
        where a.batch_id = b.id and a.outcome = 'sending' and i.status = 'running' and ${holding})`
    : sql`true`;
  const rows = await tx.execute<{ id: string }>(sql`
    update batches b set cancel_requested_at = now(), poll_at = now(), updated_at = now()
    where b.session_id = ${sessionId} and b.state in ('filling', 'uploaded', 'creating', 'sent')
      and b.cancel_requested_at is null and ${chosen}
    returning b.id`);
  for (const { id } of rows) emit({ name: "batch/due", id: `batch:${id}:cancel`, data: { batchId: id } });
}
