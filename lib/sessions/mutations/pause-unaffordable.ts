import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import { transact } from "@/lib/events";
import { canAfford } from "../can-afford";
import { changeSession } from "./change-session";

/**
 * Pauses sessions whose stop leaves no room for one more call, when nothing under way can give room back: a stop that
 * was lowered in the middle, a retry after the end. Answers how many.
 */
export async function pauseUnaffordable(): Promise<number> {
  const broke = await db().execute<{ id: string }>(sql`
    select id from sessions
    where state = 'running' and deleted_at is null and running_count = 0 and queued_count + waiting_count > 0
      and budget is not null and worst_price > 0 and reserved = 0 and spend + worst_price > budget`);
  for (const { id } of broke) {
    await transact((tx, emit) =>
      changeSession(tx, emit, { sessionId: id }, async (session) =>
        session.state === "running" && session.runningCount === 0 && !canAfford(session)
          ? { value: true, set: { state: "paused", pauseReason: "budget" } }
          : null,
      ),
    );
  }
  return broke.length;
}
