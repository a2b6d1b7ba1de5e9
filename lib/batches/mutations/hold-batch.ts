import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { type Batch, batches } from "@/db/schema";
import { type Emit, transact } from "@/lib/events";
import { changeSession } from "@/lib/sessions/mutations/change-session";
import { BATCH_LEASE_SECONDS } from "../constants";

/** A batch in the hands of one worker. */
export type HeldBatch = Batch & { leaseToken: string };

/** A batch whose time has come, for this worker alone; null: it is not due, is over, or another one has it. */
export async function takeBatch(batchId: string): Promise<HeldBatch | null> {
  const [row] = await db()
    .update(batches)
    .set({ leaseToken: sql`gen_random_uuid()`, leaseUntil: leaseEnd() })
    .where(
      and(
        eq(batches.id, batchId),
        sql`${batches.state} <> 'settled' and ${batches.pollAt} <= now() + interval '1 second'`,
        sql`(${batches.leaseUntil} is null or ${batches.leaseUntil} < now())`,
      ),
    )
    .returning();
  return row?.leaseToken ? { ...row, leaseToken: row.leaseToken } : null;
}

/** Keeps a batch; false when it was lost. */
export async function renewBatch({ id, leaseToken }: HeldBatch): Promise<boolean> {
  const rows = await db()
    .update(batches)
    .set({ leaseUntil: leaseEnd() })
    .where(and(eq(batches.id, id), eq(batches.leaseToken, leaseToken)))
    .returning({ id: batches.id });
  return rows.length > 0;
}

type Changes = Partial<Omit<Batch, "id" | "leaseToken" | "leaseUntil" | "pollAt">>;
type Stamps = Partial<Record<"creatingAt" | "sentAt" | "cancelSentAt" | "settledAt", "now">>;

/**
 * Writes what is known of a batch by now, while it is held; it is looked at again in so many seconds, at once with 0.
 * The page of its session hears of it. False: another worker has it, and nothing was written.
 */
export async function letGo(
  held: HeldBatch,
  change: { set?: Changes; stamp?: Stamps; inSeconds: number },
): Promise<boolean> {
  const { sessionId } = held;
  const written = await transact(async (tx, emit) => {
    const write = async () => ((await writeBatch(tx, emit, held, change)) ? { value: true } : null);
    if (!change.set) return (await write()) !== null;
    // The session first: whoever steers it locks it before its batches.
    return changeSession(tx, emit, { sessionId, deleted: true }, write);
  });
  return written ?? false;
}

/** A cancellation that was asked for meanwhile does not wait for long. */
const CANCEL_WITHIN_SECONDS = 5;

async function writeBatch(
  tx: Transaction,
  emit: Emit,
  { id, leaseToken, polls }: HeldBatch,
  { set = {}, stamp = {}, inSeconds }: { set?: Changes; stamp?: Stamps; inSeconds: number },
): Promise<boolean> {
  const stamps = Object.fromEntries(Object.keys(stamp).map((name) => [name, sql`now()`]));
  const isAsked = sql`${batches.cancelRequestedAt} is not null and ${batches.cancelSentAt} is null`;
  const [row] = await tx
    .update(batches)
    .set({
      ...set,
      ...stamps,
      polls: polls + 1,
      pollAt: sql`now() + make_interval(secs => case when ${isAsked}
        then least(${inSeconds}::float8, ${CANCEL_WITHIN_SECONDS}) else ${inSeconds} end)`,
      leaseToken: null,
      leaseUntil: null,
      updatedAt: sql`now()`,
    })
    .where(and(eq(batches.id, id), eq(batches.leaseToken, leaseToken)))
    .returning({ waits: sql<number>`extract(epoch from ${batches.pollAt} - now())::float8` });
  // Whoever holds it goes on at once; the reconciler does when that one is gone.
  if (row && row.waits > 0) {
    const at = new Date(Date.now() + row.waits * 1000);
    emit({ name: "batch/due", id: `batch:${id}:${polls + 1}`, at, data: { batchId: id } });
  }
  return row !== undefined;
}

function leaseEnd() {
  return sql`now() + make_interval(secs => ${BATCH_LEASE_SECONDS})`;
}
