import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";

const OWNERS = 500;
/** Of each connection, one item of them under way already: every dispatch has the same to hand out. */
export const IN_FLIGHT = 4;

export const connectionName = (n: number) => `connection-${n}`;

export type Size = { rows: number; connections: number; sessionsEach: number };

/**
 * An installation with so many items, and nothing else. Of a connection's sessions the last is paused, the one before
 * it finished (from four on), the others run; a fifth of a running session is completed, an eighth of its items wait
 * for a time that is past or an hour away, every tenth waits for an earlier step.
 */
export async function fill({ rows, connections, sessionsEach }: Size): Promise<void> {
  await db().execute(sql`alter system set max_wal_size = '32GB'`);
  await db().execute(sql`select pg_reload_conf()`);
  await db().transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 0`);
    await tx.execute(sql`set local maintenance_work_mem = '1GB'`);
    // Nothing here is checked row by row: it is made to fit.
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`truncate users, limits cascade`);
    await fillSessions(tx, connections, sessionsEach);
    await fillItems(tx, rows / (connections * sessionsEach));
  });
  await db().transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 0`);
    await tx.execute(sql`analyze`);
    // What was loaded is on the disk before anything is measured.
    await tx.execute(sql`checkpoint`);
  });
}

async function fillSessions(tx: Transaction, connections: number, each: number): Promise<void> {
  const settings = JSON.stringify(DEFAULT_SETTINGS);
  const snapshot = JSON.stringify({
    prompt: "",
    settings: DEFAULT_SETTINGS,
    frozenAt: "2026-01-01T00:00:00Z",
  });
  await tx.execute(sql`
    insert into limits (connection, in_flight, images_per_minute, rate_source)
    select 'connection-' || n, ${IN_FLIGHT}, 6000, 'set' from generate_series(1, ${connections}::int) n`);
  await tx.execute(sql`
    create temp table made on commit drop as
    select new_id() as id, new_id() as step_id, n % ${OWNERS}::int + 1 as owner,
      n % ${connections}::int + 1 as connection, n / ${connections}::int + 1 as place
    from generate_series(0, ${connections * each - 1}::int) n`);
  await tx.execute(sql`
    create temp table owners on commit drop as
    select n, new_id() as id from generate_series(1, ${OWNERS}::int) n`);
  await tx.execute(sql`insert into users (id, name) select id, 'Owner ' || n from owners`);
  await tx.execute(sql`
    insert into sessions (id, owner_id, name, settings, snapshot, started_at, state)
    select m.id, o.id, 'Session', ${settings}::jsonb, ${snapshot}::jsonb, now(),
      case when m.place = ${each} then 'paused'
        when m.place = ${each - 1} and ${each >= 4} then 'finished' else 'running' end
    from made m join owners o on o.n = m.owner`);
  await tx.execute(sql`
    insert into steps (id, owner_id, session_id, position)
    select m.step_id, s.owner_id, m.id, 1 from made m join sessions s on s.id = m.id`);
}

/** Five results of each input. */
async function fillItems(tx: Transaction, each: number): Promise<void> {
  const indexes = await tx.execute<{ name: string; definition: string }>(sql`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'items' and indexname <> 'items_pkey'`);
  for (const { name } of indexes) await tx.execute(sql`drop index ${sql.identifier(name)}`);
  await tx.execute(sql`
    create temp table pictures on commit drop as
    select new_id() as id, m.id as session_id, n as position
    from made m cross join generate_series(1, ceil(${each}::int / 5.0)::int) n`);
  await tx.execute(sql`
    insert into inputs (id, owner_id, session_id, position, state, source_name, source_bytes)
    select p.id, s.owner_id, s.id, p.position, 'ready', 'photo-' || p.position || '.jpg', 4000000
    from pictures p join sessions s on s.id = p.session_id`);
  await tx.execute(sql`
    insert into items (owner_id, session_id, input_id, step_id, variant, position, connection, ready, status,
      due_at, transient_failures, dispatch, lease_token, lease_until, worker_id)
    select owner_id, session_id, input_id, step_id, variant, position, connection,
      status <> 'queued' or position % 10 <> 9, status,
      case when status = 'waiting' then now() + make_interval(hours => position % 16 / 8) - interval '1 minute' end,
      (status = 'waiting')::int, (status in ('running', 'completed'))::int,
      case when status = 'running' then gen_random_uuid() end,
      case when status = 'running' then now() + interval '1 day' end,
      case when status = 'running' then gen_random_uuid() end
    from (
      select s.owner_id, s.id as session_id, p.id as input_id, m.step_id, v as variant, at.position,
        'connection-' || m.connection as connection,
        case when s.state = 'finished' or at.position <= ${Math.floor(each / 5)} then 'completed'
          when m.place = 1 and at.position = ${Math.floor(each / 5) + 1} then 'running'
          when at.position % 8 = 0 then 'waiting' else 'queued' end as status
      from made m join sessions s on s.id = m.id join pictures p on p.session_id = m.id
      cross join generate_series(1, 5) v cross join lateral (select (p.position - 1) * 5 + v as position) at
    ) made_to_fit`);
  for (const { definition } of indexes) await tx.execute(sql.raw(definition));
  await tx.execute(sql`
    update sessions s set queued_count = c.queued, running_count = c.running, waiting_count = c.waiting,
      completed_count = c.completed
    from (
      select session_id, count(*) filter (where status = 'queued') as queued,
        count(*) filter (where status = 'running') as running,
        count(*) filter (where status = 'waiting') as waiting,
        count(*) filter (where status = 'completed') as completed
      from items group by session_id
    ) c where c.session_id = s.id`);
}

/** What a dispatch handed out lies as it did before, and its jobs are gone. */
export async function giveBack(connection: string): Promise<void> {
  await db().execute(sql`
    with back as (
      update items set lease_token = null, lease_until = null,
        status = case when transient_failures > 0 then 'waiting' else 'queued' end,
        due_at = case when transient_failures > 0 then now() - interval '1 minute' end
      where connection = ${connection} and status = 'running' and worker_id is null returning session_id, status
    )
    update sessions s set
      running_count = s.running_count - b.queued - b.waiting,
      queued_count = s.queued_count + b.queued, waiting_count = s.waiting_count + b.waiting
    from (
      select session_id, count(*) filter (where status = 'queued') as queued,
        count(*) filter (where status = 'waiting') as waiting
      from back group by session_id
    ) b where b.session_id = s.id`);
  await db().execute(sql`update limits set images_tat = now() where connection = ${connection}`);
  await db().execute(sql`delete from graphile_worker._private_jobs`);
}
