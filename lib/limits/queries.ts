import "server-only";
import { availableParallelism } from "node:os";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { env } from "@/lib/env";

/** How many more items of this connection may run now. Call it under the connection's dispatch lock. */
export async function freeSlots(tx: Transaction, connection: string): Promise<number> {
  const [row] = await tx.execute<{ in_flight: number | null; running: number }>(sql`
    select (select in_flight from limits where connection = ${connection}) as in_flight,
           (select count(*)::int from items where connection = ${connection} and status = 'running') as running`);
  const allowed = row?.in_flight ?? defaultInFlight();
  return Math.max(0, allowed - (row?.running ?? 0));
}

/** The built-in model takes one core for each item. */
function defaultInFlight(): number {
  return env().STUDIO_CONCURRENCY ?? availableParallelism();
}

/** Age of the youngest beat, ms; null when no worker ever beat. */
export async function youngestBeatMs(): Promise<number | null> {
  const [row] = await db().execute<{ age: number | null }>(sql`
    select (extract(epoch from now() - max(beat_at)) * 1000)::int as age from workers`);
  return row?.age ?? null;
}
