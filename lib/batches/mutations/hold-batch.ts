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
  if (!change.set) {
    return transact(async (tx, emit) => {
      const isOurs = await writeBatch(tx, held, change);
      if (isOurs) emitDue(emit, held, change.inSeconds);
      return isOurs;
    });
  }
  const written = await transact((tx, emit) =>
    // The session first: whoever steers it locks it before its batches.
    changeSession(tx, emit, { sessionId, deleted: true }, async () => {
      if (!(await writeBatch(tx, held, change))) return null;
      emitDue(emit, held, change.inSeconds);
      return { value: true };
    }),
  );
  return written ?? false;
}

/** The same inside a transaction of the caller's, under the session's lock. */
export async function writeBatch(
  tx: Transaction,
  { id, leaseToken, polls }: HeldBatch,
  { set = {}, stamp = {}, inSeconds }: { set?: Changes; stamp?: Stamps; inSeconds: number },
): Promise<boolean> {
  const stamps = Object.fromEntries(Object.keys(stamp).map((name) => [name, sql`now()`]));
  const rows = await tx
    .update(batches)
    .set({
      ...set,
      ...stamps,
      polls: polls + 1,
      pollAt: sql`now() + make_interval(secs => ${inSeconds})`,
      leaseToken: null,
      leaseUntil: null,
      updatedAt: sql`now()`,
    })
    .where(and(eq(batches.id, id), eq(batches.leaseToken, leaseToken)))
    .returning({ id: batches.id });
  return rows.length > 0;
}

export function emitDue(emit: Emit, { id, polls }: HeldBatch, inSeconds: number): void {
  // Whoever holds it goes on at once; the reconciler does when that one is gone.
  if (inSeconds <= 0) return;
  const at = new Date(Date.now() + inSeconds * 1000);
  emit({ name: "batch/due", id: `batch:${id}:${polls + 1}`, at, data: { batchId: id } });
}

function leaseEnd() {
  return sql`now() + make_interval(secs => ${BATCH_LEASE_SECONDS})`;
}
