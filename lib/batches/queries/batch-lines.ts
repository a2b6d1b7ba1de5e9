import "server-only";
import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { db } from "@/db";
import { type Attempt, attempts, type Batch, type Item, items } from "@/db/schema";
import type { BegunAttempt } from "@/lib/items/mutations/begin-attempt";

/** A line that is not settled, under the lease its batch holds its item by. */
export type OpenLine = BegunAttempt &
  Pick<Attempt, "batchInputs" | "sentAt" | "receivedAt"> &
  Pick<Item, "lane">;

/** Lines of a batch whose items it still holds: neither settled nor handed on to be finished. In list order. */
export async function openLines(
  { id }: Pick<Batch, "id">,
  which: "all" | "unprepared" | "unanswered" | "answered" = "all",
): Promise<OpenLine[]> {
  const rows = await db()
    .select({ attempt: attempts, item: items })
    .from(attempts)
    .innerJoin(items, eq(items.id, attempts.itemId))
    .where(
      and(
        eq(attempts.batchId, id),
        eq(attempts.outcome, "sending"),
        eq(items.status, "running"),
        isNull(items.leaseUntil),
        isNotNull(items.leaseToken),
        ONLY[which],
      ),
    )
    .orderBy(items.position, items.id);
  return rows.flatMap(({ attempt, item }) =>
    item.leaseToken === null
      ? []
      : [
          {
            attemptId: attempt.id,
            itemId: item.id,
            sessionId: item.sessionId,
            leaseToken: item.leaseToken,
            batchInputs: attempt.batchInputs,
            sentAt: attempt.sentAt,
            receivedAt: attempt.receivedAt,
            lane: item.lane,
          },
        ],
  );
}

const ONLY: Record<"all" | "unprepared" | "unanswered" | "answered", SQL | undefined> = {
  all: undefined,
  unprepared: isNull(attempts.batchInputs),
  unanswered: isNull(attempts.receivedAt),
  answered: isNotNull(attempts.receivedAt),
};

/** Lines that are being finished by runs of their own. */
export async function countFinishing({ id }: Pick<Batch, "id">): Promise<number> {
  const [row] = await db().execute<{ count: number }>(sql`
    select count(*)::int as count from attempts a join items i on i.id = a.item_id
    where a.batch_id = ${id} and a.outcome = 'sending' and i.lease_until is not null`);
  return row?.count ?? 0;
}
