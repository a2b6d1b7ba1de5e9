import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db";

/** Connections with items that could run now: of one session, or of all. */
export async function listReadyConnections({ sessionId }: { sessionId?: string } = {}): Promise<string[]> {
  const rows = await db().execute<{ connection: string }>(sessionId ? ofSession(sessionId) : ofAll());
  return rows.map(({ connection }) => connection);
}

function ofSession(sessionId: string): SQL {
  return sql`
    select distinct i.connection from items i join sessions s on s.id = i.session_id
    where i.session_id = ${sessionId} and i.ready and i.status in ('queued', 'waiting')
      and s.state = 'running' and s.deleted_at is null`;
}

/** One look into an index for each session of each connection, however many items wait there. */
function ofAll(): SQL {
  return sql`
    with recursive queued as (${placesOf("queued")}), waiting as (${placesOf("waiting")})
    select distinct p.connection
    from (select * from queued union all select * from waiting) p join sessions s on s.id = p.session_id
    where s.state = 'running' and s.deleted_at is null`;
}

/** The body of the recursive table of that name: connection and session of its ready items. */
function placesOf(status: "queued" | "waiting"): SQL {
  const next = sql`select connection, session_id from items where status = ${sql.raw(`'${status}'`)} and ready`;
  const first = sql`order by connection, session_id limit 1`;
  return sql`
    (${next} ${first})
    union all
    select n.* from ${sql.identifier(status)} before cross join lateral (
      ${next} and (connection, session_id) > (before.connection, before.session_id) ${first}
    ) n`;
}
