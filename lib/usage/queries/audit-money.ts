import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db";

/** Money that does not add up. Amounts are micro-dollars. */
export type Problem = {
  check: string;
  /** The session, attempt or month it is about. */
  id: string;
  expected: number;
  found: number;
};

/**
 * Does all money add up? Compares sessions, months, attempts and ledger in one snapshot of the database, so that it
 * may be asked while images are made. Answers what does not; nothing when all is well.
 */
export async function auditMoney({ ownerId }: { ownerId?: string } = {}): Promise<Problem[]> {
  return db().transaction(
    async (tx) => {
      const problems: Problem[] = [];
      for (const [check, query] of Object.entries(CHECKS)) {
        const rows = await tx.execute<{ id: string; expected: number; found: number }>(sql`
          select id::text as id, expected::float8 as expected, found::float8 as found
          from (${query(ownedBy(ownerId))}) c where expected <> found order by id limit 100`);
        problems.push(...rows.map((row) => ({ check, ...row })));
      }
      return problems;
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

type Owned = (column: SQL) => SQL;

function ownedBy(ownerId: string | undefined): Owned {
  return (column) => (ownerId ? sql`${column} = ${ownerId}` : sql`true`);
}

/** SQL: sums of a group of ledger entries, aliased `l`. */
const SPENT = sql`coalesce(sum(l.amount) filter (where l.kind in ('charge', 'maybe')), 0)`;
const PERHAPS = sql`coalesce(sum(l.amount) filter (where l.kind = 'maybe'), 0)`;
const HELD = sql`coalesce(sum(l.amount) filter (where l.kind = 'reserve'), 0)
  - coalesce(sum(l.amount) filter (where l.kind = 'release'), 0)`;

/** Each: rows of id, expected (by the entries or the rules) and found; equal ones are well. */
const CHECKS: Record<string, (owned: Owned) => SQL> = {
  "session.spend": (owned) => bySession(owned, SPENT, sql`s.spend`),
  "session.maybe_spend": (owned) => bySession(owned, PERHAPS, sql`s.maybe_spend`),
  "session.reserved": (owned) => bySession(owned, HELD, sql`s.reserved`),
  "session.attempts": (owned) => sql`
    select s.id, coalesce(sum(a.cost), 0) as expected, s.spend as found
    from sessions s left join items i on i.session_id = s.id left join attempts a on a.item_id = i.id
    where ${owned(sql`s.owner_id`)} group by s.id`,
  "month.spend": (owned) => byMonth(owned, SPENT, sql`m.spend`),
  "month.reserved": (owned) => byMonth(owned, HELD, sql`m.reserved`),
  "attempt.reserve": (owned) => byAttempt(owned, "reserve", sql`a.reserved`),
  "attempt.release": (owned) =>
    byAttempt(owned, "release", sql`case when a.outcome = 'sending' then 0 else a.reserved end`),
  "attempt.charge": (owned) =>
    byAttempt(owned, "charge", sql`case when a.charge = 'charged' then a.cost else 0 end`),
  "attempt.maybe": (owned) =>
    byAttempt(owned, "maybe", sql`case when a.charge = 'maybe' then a.cost else 0 end`),
  "attempt.cost": (owned) => sql`
    select a.id, 0 as expected, a.cost as found from attempts a
    where a.charge = 'none' and a.cost <> 0 and ${owned(sql`a.owner_id`)}`,
  "entry.twice": (owned) => sql`
    select l.attempt_id as id, 1 as expected, count(*) as found from ledger l
    where ${owned(sql`l.owner_id`)} group by l.attempt_id, l.kind`,
  // Never both: what was charged is not perhaps charged.
  "entry.both": (owned) => sql`
    select l.attempt_id as id, 1 as expected, count(*) as found from ledger l
    where l.kind in ('charge', 'maybe') and ${owned(sql`l.owner_id`)} group by l.attempt_id`,
  "entry.foreign": (owned) => sql`
    select l.id, 0 as expected, 1 as found
    from ledger l join attempts a on a.id = l.attempt_id join items i on i.id = a.item_id
    where (l.owner_id <> a.owner_id or l.session_id <> i.session_id or i.owner_id <> a.owner_id)
      and ${owned(sql`l.owner_id`)}`,
  negative: (owned) => sql`
    select id, 0 as expected, least(spend, maybe_spend, reserved, 0) as found from sessions
      where ${owned(sql`owner_id`)}
    union all select owner_id, 0, least(spend, reserved, 0) from months where ${owned(sql`owner_id`)}
    union all select id, 0, least(cost, reserved, 0) from attempts where ${owned(sql`owner_id`)}
    union all select id, 1, case when amount > 0 then 1 else amount end from ledger where ${owned(sql`owner_id`)}`,
};

function bySession(owned: Owned, expected: SQL, found: SQL): SQL {
  return sql`
    select s.id, ${expected} as expected, ${found} as found
    from sessions s left join ledger l on l.session_id = s.id
    where ${owned(sql`s.owner_id`)} group by s.id`;
}

function byAttempt(owned: Owned, kind: "reserve" | "release" | "charge" | "maybe", expected: SQL): SQL {
  return sql`
    select a.id, ${expected} as expected, coalesce(l.amount, 0) as found
    from attempts a left join ledger l on l.attempt_id = a.id and l.kind = ${kind}
    where ${owned(sql`a.owner_id`)}`;
}

/** A call counts in the month (UTC) in which it began. Sessions gone from the trash took their entries along. */
function byMonth(owned: Owned, expected: SQL, found: SQL): SQL {
  return sql`
    with entries as (
      select l.owner_id, date_trunc('month', a.started_at at time zone 'utc')::date as month, l.kind, l.amount
      from ledger l join attempts a on a.id = l.attempt_id where ${owned(sql`l.owner_id`)}),
    summed as (
      select l.owner_id, l.month, ${expected} as amount from entries l group by l.owner_id, l.month)
    select coalesce(m.owner_id, e.owner_id) || ' ' || coalesce(m.month, e.month) as id,
      coalesce(e.amount, 0) as expected,
      case when ${goneSessions(sql`m.owner_id`)} then least(${found}, coalesce(e.amount, 0))
        else coalesce(${found}, 0) end as found
    from (select * from months where ${owned(sql`owner_id`)}) m
      full join summed e on e.owner_id = m.owner_id and e.month = m.month`;
}

function goneSessions(ownerId: SQL): SQL {
  return sql`exists (select 1 from audit d where d.owner_id = ${ownerId} and d.action = 'session.delete'
    and not exists (select 1 from sessions s where s.id = d.session_id))`;
}
