import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Period } from "../period";
import type { UsageNumbers } from "../types";

/**
 * SQL: a person's ended tries that began in a period, summed by day (UTC), session and model: the finest lines, which
 * add up to all others. Whole micro-dollars are exact as float8 up to nine billion dollars, and quicker than numeric.
 */
export function linesOf({ userId, from, to }: { userId: string } & Pick<Period, "from" | "to">): SQL {
  return sql`
    select t.day, t.session_id, t.model,
      count(*) filter (where t.became = 'completed') as made,
      count(*) filter (where t.became = 'reused') as reused,
      count(*) filter (where t.became = 'failed') as failed,
      count(*) filter (where t.became = 'blocked') as blocked,
      count(*) filter (where t.became = 'unknown') as unknown,
      count(*) filter (where t.became = 'slowed') as slowed,
      count(*) filter (where t.approved) as approved,
      sum(t.cost) filter (where t.charge = 'charged') as charged,
      sum(t.cost) filter (where t.charge = 'maybe') as maybe,
      count(*) filter (where t.became in ('failed', 'blocked') and t.charge = 'charged') as charged_failures,
      sum(t.cost) filter (where t.became in ('failed', 'blocked') and t.charge = 'charged') as failure_cost,
      sum(t.took_ms) filter (where t.became = 'completed') as made_ms
    from (${triesOf({ userId, from, to })}) t group by t.day, t.session_id, t.model`;
}

/** Each with what became of it: an outcome that is not known to be free is unknown, being asked to wait is no failure. */
function triesOf({ userId, from, to }: { userId: string } & Pick<Period, "from" | "to">): SQL {
  return sql`
    select (a.started_at at time zone 'utc')::date as day, a.model, i.session_id, a.charge,
      a.cost::float8 as cost, extract(epoch from a.finished_at - a.started_at)::float8 * 1000 as took_ms,
      i.review = 'approved' and i.current_attempt_id = a.id as approved,
      case when a.outcome in ('completed', 'reused', 'blocked', 'cancelled') then a.outcome
        when a.charge = 'maybe' then 'unknown'
        when a.error_code = 'rate_limited' then 'slowed'
        else 'failed' end as became
    from attempts a join items i on i.id = a.item_id
    where a.owner_id = ${userId} and a.outcome <> 'sending'
      and a.started_at >= ${from}::timestamp at time zone 'utc'
      and a.started_at < (${to}::date + 1)::timestamp at time zone 'utc'`;
}

/** SQL: the sums over such lines, aliased `l`. */
export const SUMS: SQL = sql`
  coalesce(sum(l.made), 0)::int as made, coalesce(sum(l.reused), 0)::int as reused,
  coalesce(sum(l.failed), 0)::int as failed, coalesce(sum(l.blocked), 0)::int as blocked,
  coalesce(sum(l.unknown), 0)::int as unknown, coalesce(sum(l.slowed), 0)::int as slowed,
  coalesce(sum(l.approved), 0)::int as approved,
  coalesce(sum(l.charged), 0) as charged, coalesce(sum(l.maybe), 0) as maybe,
  coalesce(sum(l.charged_failures), 0)::int as charged_failures, coalesce(sum(l.failure_cost), 0) as failure_cost,
  sum(l.made_ms) / nullif(sum(l.made), 0)::float8 as mean_ms`;

export type SumsRow = Omit<UsageNumbers, "chargedFailures" | "failureCost" | "meanMs"> & {
  charged_failures: number;
  failure_cost: number;
  mean_ms: number | null;
};

export function numbersOf(row: SumsRow): UsageNumbers {
  const { made, reused, failed, blocked, unknown, slowed, approved, charged, maybe } = row;
  return {
    ...{ made, reused, failed, blocked, unknown, slowed, approved, charged, maybe },
    chargedFailures: row.charged_failures,
    failureCost: row.failure_cost,
    meanMs: row.mean_ms,
  };
}
