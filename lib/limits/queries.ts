import "server-only";
import { availableParallelism } from "node:os";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db";
import { env } from "@/lib/env";

/** SQL: how many more items of this connection may run now. True only under the connection's dispatch lock. */
export function freeSlots(connection: string): SQL<number> {
  return sql`greatest(0,
    coalesce((select in_flight from limits where connection = ${connection}), ${defaultInFlight()})
    - (select count(*) from items where connection = ${connection} and status = 'running'))::int`;
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
