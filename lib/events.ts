import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import type { OutgoingEvent } from "@/inngest/events";
import { engineName } from "./env";
import { log } from "./log";

export type Emit = (event: OutgoingEvent) => void;

/** Smaller runs first: an item that may be dispatched is ahead of a probe. */
const PRIORITY: Record<OutgoingEvent["name"], number> = {
  "connection/due": 0,
  "session/finished": 0,
  "economy/due": 2,
  "batch/due": 2,
  "item/dispatched": 1,
  "input/probe.requested": 5,
};

/**
 * A transaction that may emit events. On the embedded engine they become jobs in the same transaction, so a
 * committed row never lacks its job. On Inngest they are sent after the commit; what gets lost then is sent
 * again by the reconciler, because the row says it was handed out and its lease runs out.
 */
export async function transact<T>(work: (tx: Transaction, emit: Emit) => Promise<T>): Promise<T> {
  const events = new Map<string, OutgoingEvent>();
  const embedded = engineName() === "embedded";
  const result = await db().transaction(async (tx) => {
    events.clear();
    const value = await work(tx, (event) => void events.set(event.id, event));
    if (embedded && events.size > 0) await addJobs(tx, [...events.values()]);
    return value;
  });
  if (!embedded && events.size > 0) await sendToInngest([...events.values()]);
  return result;
}

async function addJobs(tx: Transaction, events: OutgoingEvent[]): Promise<void> {
  const specs = events.map((event) => ({
    identifier: event.name,
    payload: event.data,
    run_at: event.at ?? null,
    job_key: event.id,
    priority: PRIORITY[event.name],
  }));
  await tx.execute(sql`
    select count(*) from graphile_worker.add_jobs(array(
      select row(identifier, payload, null, run_at, 5, job_key, priority, null)::graphile_worker.job_spec
      from jsonb_to_recordset(${JSON.stringify(specs)}::jsonb)
        as spec(identifier text, payload json, run_at timestamptz, job_key text, priority integer)))`);
}

async function sendToInngest(events: OutgoingEvent[]): Promise<void> {
  const payload = events.map(({ at, ...event }) => (at ? { ...event, ts: at.getTime() } : event));
  try {
    const { inngest } = await import("@/inngest/client");
    await inngest.send(payload);
  } catch (error) {
    log.warn("events were not sent; the reconciler sends them again", { error, count: events.length });
  }
}
