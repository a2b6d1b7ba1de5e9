import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import type { Pace } from "@/lib/limits/pace";
import { BEGIN_LEASE_SECONDS } from "../constants";
import { sessionsWithItems } from "../queries/sessions-with-items";

type Handed = { id: string; dispatch: number; units: number; ownerId: string };

/** Times in ms since 1970; `tat` is at least `now`. */
type Pacing = {
  now: number;
  until: number;
  images: (Pace & { tat: number }) | null;
  requests: (Pace & { tat: number }) | null;
};

type Wanted = { connection: string; slots: number; pacing: Pacing | null };

/** An item stopped being ready between the choice and the session's lock: the transaction is void, do it again. */
export class HandOutRaced extends Error {}

/**
 * Picks at most `slots` items, fewest running first across owners, then sessions, then list order, and marks them
 * running. A session gives no more than it may run at once and than its budget is good for. With a pacing, items whose
 * moment (lib/limits/pace `slotTime`) is beyond `until` stay where they are.
 */
export async function handOut(tx: Transaction, wanted: Wanted): Promise<Handed[]> {
  const [row] = await tx.execute<{ handed: Handed[]; expected: number }>(handOutQuery(wanted));
  const { handed = [], expected = 0 } = row ?? {};
  if (handed.length !== expected) throw new HandOutRaced();
  return handed;
}

/**
 * The one statement of a hand-out, by itself for those who want to see its plan (bench dispatch). It reads the rows of
 * this connection only, and leaves the planner no other way: statistics that are old would have it read all sessions,
 * or all items of one.
 */
export function handOutQuery({ connection, slots, pacing }: Wanted): SQL {
  return sql`
    with recursive queued_in as (${sessionsWithItems("queued_in", { connection, status: "queued" })}
    ), waiting_in as (${sessionsWithItems("waiting_in", { connection, status: "waiting" })}
    ), busy as (
      select session_id, owner_id, count(*) as n from items
      where connection = ${connection} and status = 'running' group by session_id, owner_id
    ), open as materialized (
      select s.id, s.owner_id, least(${slots}::bigint, ${sessionRoom()}) as room
      from (select session_id from queued_in union select session_id from waiting_in) here
      cross join lateral (select * from sessions where id = here.session_id limit 1) s
      left join busy b on b.session_id = s.id
      where s.state = 'running' and s.deleted_at is null
    ), candidate as (
      select i.id, i.session_id, i.position, i.image_units, o.owner_id, o.room
      from open o cross join lateral (
        select id, session_id, position, image_units from items
        where connection = ${connection} and session_id = o.id and status = 'queued' and ready
        order by position limit o.room
      ) i
      where o.room > 0
      union all
      select i.id, i.session_id, i.position, i.image_units, o.owner_id, o.room
      from open o cross join lateral (
        select id, session_id, position, image_units from items
        where connection = ${connection} and session_id = o.id and status = 'waiting' and ready and due_at <= now()
        order by due_at limit o.room
      ) i
      where o.room > 0
    ), in_session as (
      select c.*, row_number() over (partition by c.session_id order by c.position) as place
      from candidate c
    ), loaded as (
      select c.*, coalesce(b.n, 0) + c.place as session_load
      from in_session c left join busy b using (session_id)
      where c.place <= c.room
    ), ranked as (
      select c.*, coalesce(o.n, 0)
        + row_number() over (partition by c.owner_id order by c.session_load, c.session_id, c.position) as owner_load
      from loaded c
      left join (select owner_id, sum(n) as n from busy group by owner_id) o using (owner_id)
    ), chosen as (
      select *, row_number() over turn as turn, coalesce(sum(image_units) over (turn rows between unbounded preceding and 1 preceding), 0) as units_before
      from ranked window turn as (order by owner_load, session_load, session_id, position)
      order by turn limit ${slots}
    ), timed as (
      select c.*, ${slotMs(pacing)} as slot_ms from chosen c
    ), picked as materialized (
      select id, session_id, image_units from timed where ${pacing ? sql`slot_ms <= ${pacing.until}` : sql`true`}
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
    ), handed as (
      update items i set
        status = 'running', lease_token = gen_random_uuid(), worker_id = null, due_at = null,
        lease_until = now() + make_interval(secs => ${BEGIN_LEASE_SECONDS}),
        dispatch = i.dispatch + 1, revision = t.revision, updated_at = now()
      from picked p, touched t
      where i.id = p.id and t.id = p.session_id and i.status in ('queued', 'waiting') and i.ready
      returning i.id, i.dispatch, i.image_units as units, i.owner_id as "ownerId"
    )
    select coalesce((select jsonb_agg(h) from handed h), '[]') as handed,
      (select count(*)::int from picked p join touched t on t.id = p.session_id) as expected`;
}

/** How many more items a session may run: its own limit, and what its budget still pays at the worst price. */
function sessionRoom(): SQL {
  return sql`greatest(0, least(
    coalesce((s.snapshot->'settings'->>'parallel')::int - coalesce(b.n, 0), 1000000),
    case when s.budget is null or s.worst_price = 0 then 1000000
      else floor((s.budget - s.spend - s.reserved)::numeric / s.worst_price) end
  ))::bigint`;
}

/** GCRA's moment of every chosen item, ms since 1970; null where no rate limits the connection. */
function slotMs(pacing: Pacing | null): SQL {
  if (!pacing) return sql`null::float8`;
  const { now, images, requests } = pacing;
  const byImages = images
    ? sql`${images.tat}::float8 + c.units_before * ${images.interval}::float8
        - greatest(0, ${images.burst} - c.image_units) * ${images.interval}::float8`
    : sql`${now}::float8`;
  const byRequests = requests
    ? sql`${requests.tat}::float8 + (c.turn - 1) * ${requests.interval}::float8
        - ${requests.burst - 1} * ${requests.interval}::float8`
    : sql`${now}::float8`;
  return sql`greatest(${now}::float8, ${byImages}, ${byRequests})`;
}
