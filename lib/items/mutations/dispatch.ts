import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { type Emit, transact } from "@/lib/events";
import { freeSlots } from "@/lib/limits/queries";
import { BEGIN_LEASE_SECONDS } from "../constants";
import { listReadyConnections } from "../queries/list-ready-connections";

/**
 * Hands ready items of one connection out to its free slots: marks them running under a lease and emits one event
 * each. Fair: the owner, then the session with the fewest running goes first, then list order. Pause, cancel and
 * delete are conditions of the query, so waiting rows cost nothing. Answers how many were handed out.
 */
export async function dispatch(connection: string): Promise<number> {
  return transact(async (tx, emit) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`dispatch:${connection}`}))`);
    const handed = await handOut(tx, connection);
    for (const item of handed) {
      emit({
        name: "item/dispatched",
        id: `item:${item.id}:${item.dispatch}`,
        data: { itemId: item.id, dispatch: item.dispatch },
      });
    }
    // While anything runs, its end calls dispatch again.
    if (handed.length === 0) await wakeWhenDue(tx, emit, connection);
    return handed.length;
  });
}

/** Dispatches every connection that has ready items: those of one session, or all. */
export async function dispatchReady(which: { sessionId?: string } = {}): Promise<void> {
  for (const connection of await listReadyConnections(which)) await dispatch(connection);
}

async function handOut(tx: Transaction, connection: string) {
  return tx.execute<{ id: string; dispatch: number }>(sql`
    with slots as materialized (
      select ${freeSlots(connection)} as free
    ), busy as (
      select session_id, owner_id, count(*) as n from items
      where connection = ${connection} and status = 'running' group by session_id, owner_id
    ), candidate as (
      select i.id, i.session_id, i.position, s.owner_id
      from sessions s cross join lateral (
        select id, session_id, position from items
        where connection = ${connection} and session_id = s.id and status = 'queued' and ready
        order by position limit (select free from slots)
      ) i
      where s.state = 'running' and s.deleted_at is null and s.queued_count > 0
      union all
      select * from (
        select i.id, i.session_id, i.position, i.owner_id from items i join sessions s on s.id = i.session_id
        where i.connection = ${connection} and i.status = 'waiting' and i.ready and i.due_at <= now()
          and s.state = 'running' and s.deleted_at is null
        order by i.due_at limit (select free from slots)
      ) due
    ), in_session as (
      select c.*, coalesce(b.n, 0) + row_number() over (partition by c.session_id order by c.position) as session_load
      from candidate c left join busy b using (session_id)
    ), ranked as (
      select c.*, coalesce(o.n, 0)
        + row_number() over (partition by c.owner_id order by c.session_load, c.session_id, c.position) as owner_load
      from in_session c
      left join (select owner_id, sum(n) as n from busy group by owner_id) o using (owner_id)
    ), picked as materialized (
      select id, session_id from ranked order by owner_load, session_load, session_id, position limit (select free from slots)
    ), locked as materialized (
      select id from sessions where id in (select session_id from picked) order by id for no key update
    ), pick_count as (
      select p.session_id,
        count(*) filter (where i.status = 'queued') as queued,
        count(*) filter (where i.status = 'waiting') as waiting
      from picked p join items i on i.id = p.id group by p.session_id
    ), touched as (
      update sessions s set
        revision = s.revision + 1,
        queued_count = s.queued_count - p.queued,
        waiting_count = s.waiting_count - p.waiting,
        running_count = s.running_count + p.queued + p.waiting
      from pick_count p, locked l
      where s.id = p.session_id and l.id = s.id and s.state = 'running' and s.deleted_at is null
      returning s.id, s.revision
    )
    update items i set
      status = 'running', lease_token = gen_random_uuid(), worker_id = null, due_at = null,
      lease_until = now() + make_interval(secs => ${BEGIN_LEASE_SECONDS}),
      dispatch = i.dispatch + 1, revision = t.revision, updated_at = now()
    from picked p, touched t
    where i.id = p.id and t.id = i.session_id
    returning i.id, i.dispatch`);
}

/** One delayed event at the moment the next backoff ends, when nothing else will call dispatch then. */
async function wakeWhenDue(tx: Transaction, emit: Emit, connection: string): Promise<void> {
  const [row] = await tx.execute<{ due: string | null }>(sql`
    select min(i.due_at) as due from items i join sessions s on s.id = i.session_id
    where i.connection = ${connection} and i.status = 'waiting' and i.ready and s.state = 'running'`);
  if (!row?.due) return;
  const at = new Date(Math.ceil(new Date(row.due).getTime() / 1000) * 1000);
  emit({ name: "connection/due", id: `due:${connection}:${at.getTime()}`, at, data: { connection } });
}
