import "server-only";
import { type SQL, sql } from "drizzle-orm";

/**
 * The body of a recursive table `name(session_id)`: the sessions, whatever their state, in which a connection has
 * ready items of that status. One look into the index for each of them: neither the items nor the sessions of other
 * connections are read.
 */
export function sessionsWithItems(
  name: "queued_in" | "waiting_in",
  { connection, status }: { connection: string; status: "queued" | "waiting" },
): SQL {
  const table = sql.identifier(name);
  // Written out, not bound: the index is a partial one.
  const next = sql`select session_id from items where connection = ${connection} and status = ${sql.raw(`'${status}'`)} and ready`;
  return sql`
    (${next} order by session_id limit 1)
    union all
    select n.session_id from ${table} before cross join lateral (
      ${next} and session_id > before.session_id order by session_id limit 1
    ) n`;
}
