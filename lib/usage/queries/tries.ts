import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Period } from "../period";
import type { UsageNumbers } from "../types";

/** SQL: ended tries of a person that began in a period, each with its day (UTC), session, model and what became of it. */
export function triesOf({ userId, from, to }: { userId: string } & Pick<Period, "from" | "to">): SQL {
  return sql`(
    select (a.started_at at time zone 'utc')::date as day, a.model, i.session_id, a.charge, a.cost,
      a.finished_at - a.started_at as took, i.review = 'approved' and i.current_attempt_id = a.id as approved,
      case when a.outcome in ('completed', 'reused', 'blocked', 'cancelled') then a.outcome
        when a.charge = 'maybe' then 'unknown'
        when a.error_code = 'rate_limited' then 'slowed'
        else 'failed' end as became
    from attempts a join items i on i.id = a.item_id
    where a.owner_id = ${userId} and a.outcome <> 'sending'
      and a.started_at >= ${from}::timestamp at time zone 'utc'
      and a.started_at < (${to}::date + 1)::timestamp at time zone 'utc')`;
}

/** SQL: the sums over such tries, aliased `t`. */
export const NUMBERS: SQL = sql`
  count(*) filter (where t.became = 'completed')::int as made,
  count(*) filter (where t.became = 'reused')::int as reused,
  count(*) filter (where t.became = 'failed')::int as failed,
  count(*) filter (where t.became = 'blocked')::int as blocked,
  count(*) filter (where t.became = 'unknown')::int as unknown,
  count(*) filter (where t.became = 'slowed')::int as slowed,
  count(*) filter (where t.approved)::int as approved,
  coalesce(sum(t.cost) filter (where t.charge = 'charged'), 0)::float8 as charged,
  coalesce(sum(t.cost) filter (where t.charge = 'maybe'), 0)::float8 as maybe,
  count(*) filter (where t.became in ('failed', 'blocked') and t.charge = 'charged')::int as charged_failures,
  coalesce(sum(t.cost) filter (where t.became in ('failed', 'blocked') and t.charge = 'charged'), 0)::float8
    as failure_cost,
  (avg(extract(epoch from t.took)) filter (where t.became = 'completed') * 1000)::float8 as mean_ms`;

export type NumbersRow = Omit<UsageNumbers, "chargedFailures" | "failureCost" | "meanMs"> & {
  charged_failures: number;
  failure_cost: number;
  mean_ms: number | null;
};

export function numbersOf(row: NumbersRow): UsageNumbers {
  const { made, reused, failed, blocked, unknown, slowed, approved, charged, maybe } = row;
  return {
    ...{ made, reused, failed, blocked, unknown, slowed, approved, charged, maybe },
    chargedFailures: row.charged_failures,
    failureCost: row.failure_cost,
    meanMs: row.mean_ms,
  };
}
