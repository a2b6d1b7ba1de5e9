import "server-only";
import { availableParallelism } from "node:os";
import { sql } from "drizzle-orm";
import { db, type Queryable } from "@/db";
import { env } from "@/lib/env";
import { nextSlot } from "./pace";
import type { TurnState } from "./turns";
import type { Limit, SlotState } from "./types";

/** Workers beat every 1.5 s; who has not for so long has no cores to give. */
const ALIVE_SECONDS = 30;

type LimitRow = {
  now: number;
  running: number;
  cores: number | null;
  in_flight: number | null;
  max_in_flight: number;
  images_per_minute: number | null;
  requests_per_minute: number | null;
  rate_source: Limit["rateSource"];
  images_tat: number;
  requests_tat: number;
  blocked_until: number | null;
  blocked_why: Limit["blockedWhy"];
  clean_answers: number;
  changed_at: number;
  recent: number;
  answers: number;
};

/** A connection's limiter at one moment of the database clock. `limit` is null where only the cores limit it. */
export type LimitNow = { limit: Limit | null; now: number; running: number; inFlight: number };

/** Reads the limiter; true for longer than this statement only under the connection's dispatch lock. */
export async function readLimit(tx: Queryable, connection: string): Promise<LimitNow> {
  const [row] = await tx.execute<LimitRow>(sql`
    with at as materialized (select ${epochMs(sql`clock_timestamp()`)} as now)
    select at.now,
      (select count(*)::int from items where connection = ${connection} and status = 'running') as running,
      ${coresAlive()} as cores,
      l.in_flight, l.max_in_flight, l.images_per_minute, l.requests_per_minute, l.rate_source,
      ${epochMs(sql`l.images_tat`)} as images_tat, ${epochMs(sql`l.requests_tat`)} as requests_tat,
      ${epochMs(sql`l.blocked_until`)} as blocked_until, l.blocked_why,
      l.clean_answers, ${epochMs(sql`l.changed_at`)} as changed_at,
      l.recent::float8 as recent, l.answers::float8 as answers
    from at left join limits l on l.connection = ${connection}`);
  if (!row) throw new Error("the limiter was not read");
  const limit = row.in_flight === null ? null : limitOf(row, row.in_flight);
  return { limit, now: row.now, running: row.running, inFlight: limit?.inFlight ?? row.cores ?? ownCores() };
}

/** What turns are given by; `seen` is its `sentTat` as the database writes it. Null where nothing is limited. */
export async function readTurns(connection: string): Promise<(TurnState & { seen: string }) | null> {
  const [row] = await db().execute<TurnRow>(sql`
    select ${epochMs(sql`clock_timestamp()`)} as now, images_per_minute, requests_per_minute, rate_source,
      ${epochMs(sql`sent_tat`)} as sent_tat, sent_tat::text as seen, ${epochMs(sql`blocked_until`)} as blocked_until
    from limits where connection = ${connection}`);
  if (!row) return null;
  return {
    now: row.now,
    imagesPerMinute: row.images_per_minute,
    requestsPerMinute: row.requests_per_minute,
    rateSource: row.rate_source,
    sentTat: row.sent_tat,
    blockedUntil: row.blocked_until,
    seen: row.seen,
  };
}

type TurnRow = Pick<
  LimitRow,
  "now" | "images_per_minute" | "requests_per_minute" | "rate_source" | "blocked_until"
> & { sent_tat: number; seen: string };

function limitOf(row: LimitRow, inFlight: number): Limit {
  return {
    inFlight,
    maxInFlight: row.max_in_flight,
    imagesPerMinute: row.images_per_minute,
    requestsPerMinute: row.requests_per_minute,
    rateSource: row.rate_source,
    imagesTat: row.images_tat,
    requestsTat: row.requests_tat,
    blockedUntil: row.blocked_until,
    blockedWhy: row.blocked_why,
    cleanAnswers: row.clean_answers,
    changedAt: row.changed_at,
    recent: row.recent,
    answers: row.answers,
  };
}

function epochMs(time: ReturnType<typeof sql>) {
  return sql`(extract(epoch from ${time}) * 1000)::float8`;
}

/** What a person sees of a connection's limiter. */
export async function slotState(connection: string): Promise<SlotState> {
  const { limit, now, running, inFlight } = await readLimit(db(), connection);
  const blocked = limit?.blockedUntil && limit.blockedUntil > now;
  return {
    running,
    inFlight,
    nextSlotMs: limit ? Math.max(0, Math.round(nextSlot(limit, now) - now)) : null,
    blockedWhy: blocked ? (limit?.blockedWhy ?? null) : null,
    imagesPerMinute: limit?.imagesPerMinute ?? null,
    rateSource: limit?.rateSource ?? "default",
  };
}

/** Cores of all workers that live; where none beats (functions run on request), those of this process. */
export async function workerCores(tx: Queryable): Promise<number> {
  const [row] = await tx.execute<{ cores: number | null }>(sql`select ${coresAlive()} as cores`);
  return row?.cores ?? ownCores();
}

function coresAlive() {
  return sql`(select sum(cores)::int from workers where beat_at > now() - make_interval(secs => ${ALIVE_SECONDS}))`;
}

/** Cores that pixels may use in this process; all workers together have the sum. The built-in model takes one an item. */
export function ownCores(): number {
  return env().STUDIO_CONCURRENCY ?? availableParallelism();
}

/** Age of the youngest beat, ms; null when no worker ever beat. */
export async function youngestBeatMs(): Promise<number | null> {
  const [row] = await db().execute<{ age: number | null }>(sql`
    select (extract(epoch from now() - max(beat_at)) * 1000)::int as age from workers`);
  return row?.age ?? null;
}
