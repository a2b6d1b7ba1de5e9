import { sql } from "drizzle-orm";
import { db } from "@/db";
import { log } from "@/lib/log";
import type { DurableFunction } from "../define";
import { runScheduled } from "./tasks";

/** How often each scheduled function runs here; on Inngest their cron lines say it. */
const EVERY_MS: Record<string, number> = { reconcile: 30_000, sweep: 3_600_000 };
const DEFAULT_EVERY_MS = 60_000;

/** Runs scheduled functions at once and then regularly, each on one worker at a time. */
export function startSchedule(functions: DurableFunction[]): { stop(): void } {
  const timers = functions
    .filter((one) => "cron" in one.trigger)
    .map((one) => {
      const turn = oneAtATime(() => runAlone(one));
      void turn();
      return setInterval(turn, EVERY_MS[one.options.id] ?? DEFAULT_EVERY_MS);
    });
  return { stop: () => timers.forEach(clearInterval) };
}

export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running = false;
  return async () => {
    if (running) return;
    running = true;
    await work().catch((error) => log.warn("a scheduled function did not end", { error }));
    running = false;
  };
}

/** Several workers may wake at the same moment; the others leave it to the first. */
export async function runAlone(one: DurableFunction): Promise<void> {
  await db().transaction(async (tx) => {
    await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
    const [row] = await tx.execute<{ first: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtext(${`schedule:${one.options.id}`})) as first`,
    );
    if (row?.first) await runScheduled(one);
  });
}
