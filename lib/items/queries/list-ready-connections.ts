import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";

/** Connections with items that could run now. */
export async function listReadyConnections(): Promise<string[]> {
  const rows = await db().execute<{ connection: string }>(sql`
    select distinct i.connection from sessions s cross join lateral (
      select distinct connection from items
      where session_id = s.id and ready and status in ('queued', 'waiting')
    ) i
    where s.state = 'running' and s.deleted_at is null and s.queued_count + s.waiting_count > 0`);
  return rows.map(({ connection }) => connection);
}
