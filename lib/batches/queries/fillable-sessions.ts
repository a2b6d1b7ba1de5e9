import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import { sessionsWithItems } from "@/lib/items/queries/sessions-with-items";
import { MAX_LINES } from "../constants";

/**
 * Sessions that could fill a batch from this queue, who has the fewest open ones first. One batch of a session is put
 * together at a time. While its results are coming in, or something of it is made live, more may become ready: it waits
 * for that, unless it could fill a batch as it is.
 */
export async function fillableSessions(queue: string): Promise<string[]> {
  const rows = await db().execute<{ id: string }>(sql`
    with recursive queued_in as (${sessionsWithItems("queued_in", { connection: queue, status: "queued" })}
    ), waiting_in as (${sessionsWithItems("waiting_in", { connection: queue, status: "waiting" })})
    select s.id
    from (select session_id from queued_in union select session_id from waiting_in) here
    join sessions s on s.id = here.session_id
    where s.state = 'running' and s.deleted_at is null
      and not exists (
        select 1 from batches b where b.session_id = s.id and b.state in ('filling', 'uploaded', 'creating'))
      and (
        (not exists (select 1 from batches b where b.session_id = s.id and b.state = 'ending')
          and not exists (select 1 from items i
            where i.session_id = s.id and i.status = 'running' and i.lease_until is not null))
        or (select count(*) from (select 1 from items i
          where i.connection = ${queue} and i.session_id = s.id and i.status = 'queued' and i.ready
          limit ${MAX_LINES}) full_one) = ${MAX_LINES}
      )
    order by (select count(*) from batches b where b.owner_id = s.owner_id and b.state <> 'settled'),
      (select count(*) from batches b where b.session_id = s.id and b.state <> 'settled'), s.id`);
  return rows.map(({ id }) => id);
}
