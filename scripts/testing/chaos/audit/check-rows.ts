import { sql } from "drizzle-orm";
import { db } from "@/db";
import { auditMoney } from "@/lib/usage/queries/audit-money";
import type { SessionWatch } from "../watch-session";
import type { Facts } from "./facts";

const TERMINAL = ["completed", "failed", "blocked"];

/** Every item in one terminal state, nothing under way, counts as they are counted (I1, I7). */
export function checkItems({ size, session, items, attempts }: Facts): string[] {
  const count = (status: string) => items.filter((item) => item.status === status).length;
  const { completedCount, failedCount, blockedCount, queuedCount, runningCount, waitingCount } = session;
  const left = queuedCount + runningCount + waitingCount + session.cancelledCount + session.reusedCount;
  return [
    ...(session.state === "finished" ? [] : [`the session is ${session.state} (${session.pauseReason})`]),
    ...(items.length === size.items ? [] : [`${items.length} items instead of ${size.items}`]),
    ...items
      .filter(({ status }) => !TERMINAL.includes(status))
      .map((item) => `item ${item.number} is ${item.status}`),
    ...items
      .filter(({ leaseToken, leaseUntil, workerId }) => leaseToken || leaseUntil || workerId)
      .map((item) => `item ${item.number} still has a lease`),
    ...items
      .filter(({ status, currentAttemptId }) => (status === "completed") !== (currentAttemptId !== null))
      .map((item) => `item ${item.number} is ${item.status} and shows ${item.currentAttemptId}`),
    ...attempts
      .filter(({ outcome }) => outcome === "sending")
      .map(({ id }) => `attempt ${id} is still sending`),
    ...(left === 0 ? [] : [`the session counts ${left} items under way`]),
    ...([completedCount, failedCount, blockedCount].join() === TERMINAL.map(count).join()
      ? []
      : [`the session counts ${completedCount} completed, ${failedCount} failed, ${blockedCount} blocked`]),
  ];
}

/** Ledger, attempts, session and month agree, and nothing is held any more (I4). */
export async function checkMoney({ session, attempts }: Facts): Promise<string[]> {
  const problems = await auditMoney();
  const spent = attempts.reduce((sum, { cost }) => sum + cost, 0);
  const [ledger] = await db().execute<{ sum: number }>(sql`
    select coalesce(sum(amount), 0)::float8 as sum from ledger
    where session_id = ${session.id} and kind in ('charge', 'maybe')`);
  const [month] = await db().execute<{ held: number; spent: number }>(sql`
    select coalesce(sum(reserved), 0)::float8 as held, coalesce(sum(spend), 0)::float8 as spent from months
    where owner_id = ${session.ownerId}`);
  const sums = { attempts: spent, ledger: ledger?.sum, month: month?.spent };
  return [
    ...problems.map(({ check, id, expected, found }) => `${check} ${id}: ${found} instead of ${expected}`),
    ...Object.entries(sums)
      .filter(([, sum]) => sum !== session.spend)
      .map(([of, sum]) => `${of} add up to ${sum}, the session to ${session.spend}`),
    ...(session.reserved === 0 ? [] : [`the session holds ${session.reserved}`]),
    ...(month?.held === 0 ? [] : [`the month holds ${month?.held}`]),
  ];
}

/** A page that was open all the time shows what the rows say (I7). */
export function checkWatch({ items, session }: Facts, watch: SessionWatch): string[] {
  const { completed, failed, blocked } = watch.counts ?? { completed: 0, failed: 0, blocked: 0 };
  const shown = [completed, failed, blocked].join();
  const counted = [session.completedCount, session.failedCount, session.blockedCount].join();
  return [
    ...(shown === counted ? [] : [`the page counts ${shown}, the session ${counted}`]),
    ...items
      .filter(({ id, status }) => watch.statuses.get(id) !== status)
      .map(
        ({ id, number, status }) => `item ${number} is ${status}, the page shows ${watch.statuses.get(id)}`,
      ),
  ];
}

/** The end was written down once, and no job is held by a worker that is gone. */
export async function checkJobs({ session }: Facts): Promise<string[]> {
  const [ends] = await db().execute<{ n: number }>(sql`
    select count(*)::int as n from audit where session_id = ${session.id} and action = 'session.finish'`);
  const jobs = await db().execute<{ key: string; locked_by: string | null; last_error: string | null }>(sql`
    select coalesce(key, id::text) as key, locked_by, last_error from graphile_worker._private_jobs
    where (locked_at is not null and locked_at < now() - interval '10 s') or attempts >= max_attempts`);
  return [
    ...(ends?.n === 1 ? [] : [`the end of the session was written down ${ends?.n} times`]),
    ...jobs.map(({ key, locked_by, last_error }) => `job ${key} is held by ${locked_by}: ${last_error}`),
  ];
}
