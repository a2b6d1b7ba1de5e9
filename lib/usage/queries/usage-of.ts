import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db";
import type { Period } from "../period";
import type { Usage, UsageNumbers } from "../types";
import { linesOf, numbersOf, SUMS, type SumsRow } from "./tries";

type Span = Pick<Period, "from" | "to">;

type LevelRow = SumsRow & {
  level: "all" | "day" | "model" | "session";
  day: string | null;
  model: string | null;
  session_id: string | null;
  name: string | null;
  in_trash: boolean | null;
};

/** What a person made and paid in a period, by day and model, by session and by model: one pass over its tries. */
export async function usageOf({ userId, ...span }: { userId: string } & Span): Promise<Usage> {
  const rows = await db().execute<LevelRow>(sql`
    with lines as (${linesOf({ userId, ...span })}),
    sums as (
      select ${LEVEL} as level, l.day, l.model, l.session_id, ${SUMS}
      from lines l group by grouping sets ((l.day, l.model), (l.session_id), (l.model), ()))
    select sums.*, sums.day::text as day, s.name, s.deleted_at is not null as in_trash
    from sums left join sessions s on s.id = sums.session_id and s.owner_id = ${userId}
    order by sums.day, sums.charged + sums.maybe desc, sums.made + sums.reused desc, s.created_at desc`);
  const of = (level: LevelRow["level"]) => rows.filter((row) => row.level === level);
  const [total] = of("all");
  return {
    total: total ? numbersOf(total) : NOTHING,
    days: of("day").map((row) => ({ ...numbersOf(row), day: row.day ?? "", model: row.model ?? "" })),
    models: of("model").map((row) => ({ ...numbersOf(row), model: row.model ?? "" })),
    sessions: of("session").map((row) => ({
      ...numbersOf(row),
      sessionId: row.session_id ?? "",
      name: row.name ?? "",
      inTrash: row.in_trash ?? false,
    })),
  };
}

const LEVEL: SQL = sql`case when grouping(l.day) = 0 then 'day' when grouping(l.session_id) = 0 then 'session'
  when grouping(l.model) = 0 then 'model' else 'all' end`;

const NOTHING: UsageNumbers = {
  made: 0,
  reused: 0,
  failed: 0,
  blocked: 0,
  unknown: 0,
  slowed: 0,
  approved: 0,
  charged: 0,
  maybe: 0,
  chargedFailures: 0,
  failureCost: 0,
  meanMs: null,
};
