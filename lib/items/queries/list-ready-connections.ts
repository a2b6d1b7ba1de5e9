import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";

/** Connections with items that could run now: of one session, or of all. */
export async function listReadyConnections({ sessionId }: { sessionId?: string } = {}): Promise<string[]> {
  const rows = await db().execute<{ connection: string }>(sql`
    select distinct i.connection from sessions s cross join lateral (
      select distinct connection from items
      where session_id = s.id and ready and status in ('queued', 'waiting')
    ) i
    where s.state = 'running' and s.deleted_at is null and s.queued_count + s.waiting_count > 0
      and ${sessionId ? sql`s.id = ${sessionId}` : sql`true`}`);
  return rows.map(({ connection }) => connection);
}
