import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";

export type RunningSummary = {
  running: number;
  done: number;
  total: number;
  /** The one that changed last. */
  sessionId: string | null;
  name: string | null;
};

/** What runs now, over all sessions of a person: for the rail. */
export async function countRunning({ userId }: { userId: string }): Promise<RunningSummary> {
  const [row] = await db().execute<{
    running: number;
    done: number;
    total: number;
    session_id: string | null;
    name: string | null;
  }>(sql`
    select count(*)::int as running,
      coalesce(sum(completed_count + reused_count + failed_count + blocked_count + cancelled_count
        + unmet_count), 0)::int as done,
      coalesce(sum(queued_count + running_count + waiting_count + completed_count + reused_count + failed_count
        + blocked_count + cancelled_count + unmet_count), 0)::int as total,
      (array_agg(id order by updated_at desc))[1] as session_id,
      (array_agg(name order by updated_at desc))[1] as name
    from sessions where owner_id = ${userId} and deleted_at is null and state = 'running'`);
  return {
    running: row?.running ?? 0,
    done: row?.done ?? 0,
    total: row?.total ?? 0,
    sessionId: row?.session_id ?? null,
    name: row?.name ?? null,
  };
}
