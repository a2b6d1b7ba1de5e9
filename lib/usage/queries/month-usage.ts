import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import { installationBudget } from "../installation-budget";
import type { MonthUsage } from "../types";

/** This month against its stop. Includes what sessions cost that are gone from the trash. */
export async function monthUsage({ userId }: { userId: string }): Promise<MonthUsage> {
  const [row] = await db().execute<{
    month: string;
    spend: number;
    reserved: number;
    own: number | null;
    paused: number;
  }>(sql`
    select now_month.month::text as month, coalesce(m.spend, 0)::float8 as spend,
      coalesce(m.reserved, 0)::float8 as reserved, u.monthly_budget::float8 as own,
      (select count(*)::int from sessions s where s.owner_id = u.id and s.deleted_at is null
        and s.state = 'paused' and s.pause_reason = 'month_budget') as paused
    from users u
      cross join (select date_trunc('month', now() at time zone 'utc')::date as month) now_month
      left join months m on m.owner_id = u.id and m.month = now_month.month
    where u.id = ${userId}`);
  return {
    month: row?.month ?? "",
    spend: row?.spend ?? 0,
    reserved: row?.reserved ?? 0,
    own: row?.own ?? null,
    installation: installationBudget(),
    pausedSessions: row?.paused ?? 0,
  };
}

/** Whether a person ever had an image tried. */
export async function hasUsage({ userId }: { userId: string }): Promise<boolean> {
  const rows = await db().execute(sql`select 1 from attempts where owner_id = ${userId} limit 1`);
  return rows.length > 0;
}
