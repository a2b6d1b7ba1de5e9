import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";

/** Removes counters, logins and links whose time is long over. */
export async function sweepThrottles(): Promise<void> {
  await db().execute(sql`delete from throttles where window_started_at < now() - interval '1 day'`);
  await db().execute(sql`delete from owner_links where expires_at < now() - interval '1 day'`);
  await db().execute(sql`
    delete from logins where expires_at < now() - interval '1 day' or revoked_at < now() - interval '1 day'`);
}
