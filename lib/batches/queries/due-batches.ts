import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";

/** More than are looked at within a minute. */
const MOST = 1_000;

/** Batches it is time to look at and nobody has in hand, by the database's clock. */
export async function dueBatches(): Promise<{ id: string; polls: number }[]> {
  return db().execute<{ id: string; polls: number }>(sql`
    select id, polls from batches
    where state <> 'settled' and poll_at <= now() and (lease_until is null or lease_until < now())
    order by poll_at limit ${MOST}`);
}
