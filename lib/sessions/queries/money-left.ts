import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import type { Session } from "@/db/schema";
import { installationBudget } from "@/lib/usage/installation-budget";

/** What may still be spent, and what is usual, micro-dollars; null: no limit, and nothing known. */
export type MoneyLeft = { budget: number | null; month: number | null; usual: number | null };

/** Runs that say what is usual. */
const RECENT_RUNS = 20;

export async function moneyLeft({ id, ownerId, budget, spend, reserved }: Session): Promise<MoneyLeft> {
  const [row] = await db().execute<{ cap: string | null; used: string; usual: number | null }>(sql`
    select u.monthly_budget as cap, coalesce(m.spend + m.reserved, 0) as used, (
      select percentile_cont(0.5) within group (order by spend) from (
        select spend from sessions
        where owner_id = ${ownerId} and id <> ${id} and spend > 0 and state in ('finished', 'cancelled')
        order by finished_at desc nulls last limit ${RECENT_RUNS}
      ) runs) as usual
    from users u
    left join months m on m.owner_id = u.id and m.month = date_trunc('month', now() at time zone 'utc')::date
    where u.id = ${ownerId}`);
  const cap = row?.cap ?? installationBudget();
  return {
    budget: budget === null ? null : Math.max(0, budget - spend - reserved),
    month: cap === null ? null : Math.max(0, Number(cap) - Number(row?.used ?? 0)),
    usual: row?.usual ?? null,
  };
}
