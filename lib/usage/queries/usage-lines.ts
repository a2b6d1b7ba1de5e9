import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import type { Period } from "../period";
import type { UsageLine } from "../usage-csv";
import { linesOf, numbersOf, SUMS, type SumsRow } from "./tries";

type LineRow = SumsRow & { day: string; model: string; session_id: string; name: string };

/** A person's usage in a period, one line for each day, session and model: the finest that adds up to all others. */
export async function usageLines({
  userId,
  ...span
}: { userId: string } & Pick<Period, "from" | "to">): Promise<UsageLine[]> {
  const rows = await db().execute<LineRow>(sql`
    with lines as (${linesOf({ userId, ...span })}),
    sums as (
      select l.day, l.model, l.session_id, ${SUMS} from lines l group by l.day, l.session_id, l.model)
    select sums.*, sums.day::text as day, s.name
    from sums join sessions s on s.id = sums.session_id and s.owner_id = ${userId}
    order by sums.day, s.created_at, s.id, sums.model`);
  return rows.map((row) => ({
    ...numbersOf(row),
    day: row.day,
    session: row.name,
    sessionId: row.session_id,
    model: row.model,
  }));
}
