import "server-only";
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { db, type Queryable } from "@/db";
import { turnOf } from "./pace";
import { readTurns } from "./queries";
import { giveTurns, type Turns, usedUpTat } from "./turns";
import type { Limit } from "./types";
import { currentWorkerId } from "./worker-identity";

/** A worker is taken for dead when its lock is free and it has not beaten for this long. */
const DEAD_AFTER_SECONDS = 5;

/** First half of every worker's advisory lock. */
export const WORKER_LOCK_CLASS = 4711;

/** Writes this process down as a worker. Answers its id and the second half of its advisory lock. */
export async function registerWorker(worker: { engine: "embedded" | "inngest"; cores: number }) {
  const id = randomUUID();
  const [row] = await db().execute<{ lock_key: number }>(sql`
    insert into workers (id, engine, cores) values (${id}, ${worker.engine}, ${worker.cores}) returning lock_key`);
  if (!row) throw new Error("the worker was not registered");
  return { id, lockKey: row.lock_key };
}

export async function unregisterWorker(id: string): Promise<void> {
  await db().execute(sql`delete from workers where id = ${id}`);
}

/**
 * Workers that are gone: nobody holds their lock and they stopped beating. A database that was away frees the locks of
 * the living and takes no beats: so nobody is dead until it has been back for as long, and never the one who asks.
 */
export async function findDeadWorkers(): Promise<{ id: string; poolIds: string[] }[]> {
  const rows = await db().execute<{ id: string; pool_ids: string[] }>(sql`
    select w.id, w.pool_ids from workers w
    where w.beat_at < now() - make_interval(secs => ${DEAD_AFTER_SECONDS})
      and pg_postmaster_start_time() < now() - make_interval(secs => ${DEAD_AFTER_SECONDS})
      and w.id is distinct from ${currentWorkerId()}::uuid
      and not exists (
        select 1 from pg_locks l
        where l.locktype = 'advisory' and l.granted and l.objsubid = 2
          and l.database = (select oid from pg_database where datname = current_database())
          and l.classid = ${WORKER_LOCK_CLASS} and l.objid = w.lock_key)`);
  return rows.map(({ id, pool_ids }) => ({ id, poolIds: pool_ids }));
}

/** Unlocks the jobs of dead workers and removes their rows, once what they held was taken back. */
export async function forgetWorkers(dead: { id: string; poolIds: string[] }[]): Promise<void> {
  for (const { id, poolIds } of dead) {
    await db().transaction(async (tx) => {
      const ids = sql`(select array(select jsonb_array_elements_text(${JSON.stringify(poolIds)}::jsonb)))`;
      await tx.execute(sql`select graphile_worker.force_unlock_workers(${ids})`);
      await tx.execute(sql`delete from workers where id = ${id}`);
    });
  }
}

/** A worker names its pool within a beat of its start; a pool nobody names after this long has no worker. */
const UNNAMED_AFTER_SECONDS = 10;

/** Unlocks the jobs of pools that no worker names: theirs died before its first beat. Answers how many pools. */
export async function unlockOrphanedJobs(): Promise<number> {
  const pools = sql`(select array(
    select distinct j.locked_by from graphile_worker.jobs j
    where j.locked_by is not null and j.locked_at < now() - make_interval(secs => ${UNNAMED_AFTER_SECONDS})
      and not exists (select 1 from workers w where j.locked_by = any(w.pool_ids))))`;
  const [row] = await db().execute<{ pools: number }>(sql`
    select coalesce(array_length(${pools}, 1), 0)::int as pools`);
  if (row && row.pools > 0) await db().execute(sql`select graphile_worker.force_unlock_workers(${pools})`);
  return row?.pools ?? 0;
}

/**
 * Gives turns to calls that are ready to leave (image units of each), over all workers; fewer than asked for when the
 * others come too late to decide about (`giveTurns`). Hand-outs keep the rate; this keeps calls apart that were got
 * ready late and together, and holds back what a refusal came for.
 */
export async function takeTurns(
  connection: string,
  asked: { line: number[]; aheadMs: number },
): Promise<Turns> {
  for (;;) {
    const state = await readTurns(connection);
    if (!state)
      return { waits: asked.line.map(() => 0), sentTat: 0, nextInMs: 0, silence: false, pace: null };
    const read = performance.now();
    const turns = giveTurns(state, asked);
    if (turns.sentTat === state.sentTat) return turns;
    const taken = await db().execute(sql`
      update limits set sent_tat = to_timestamp(${turns.sentTat / 1000}::float8)
      where connection = ${connection} and sent_tat = ${state.seen}::timestamptz returning 1`);
    if (taken.length > 0) return since(turns, performance.now() - read);
  }
}

/** The same turns, seen so much later. */
function since(turns: Turns, ms: number): Turns {
  const later = (wait: number) => Math.max(0, wait - ms);
  return { ...turns, waits: turns.waits.map(later), nextInMs: later(turns.nextInMs) };
}

/** Writes what a hand-out or an answer made of a limiter; under the connection's dispatch lock. */
export async function writeLimit(
  tx: Queryable,
  connection: string,
  { limit, before }: { limit: Limit; before: Limit },
): Promise<void> {
  await tx.execute(sql`
    update limits set
      in_flight = ${limit.inFlight},
      images_per_minute = ${limit.imagesPerMinute},
      requests_per_minute = ${limit.requestsPerMinute},
      rate_source = ${limit.rateSource},
      images_tat = ${fromEpochMs(limit.imagesTat)},
      requests_tat = ${fromEpochMs(limit.requestsTat)},
      sent_tat = ${sentTatAfter(limit, before)},
      blocked_until = ${limit.blockedUntil === null ? sql`null` : fromEpochMs(limit.blockedUntil)},
      blocked_why = ${limit.blockedWhy},
      clean_answers = ${limit.cleanAnswers},
      changed_at = ${fromEpochMs(limit.changedAt)},
      recent = ${limit.recent},
      answers = ${limit.answers},
      updated_at = now()
    from (select clock_timestamp() as now) at
    where connection = ${connection}`);
}

/** Untouched while the pace is the same: whoever takes a turn meanwhile compares it with what was read. */
function sentTatAfter(limit: Limit, before: Limit) {
  const [turn, turnBefore] = [turnOf(limit, 1), turnOf(before, 1)];
  const usedUp = usedUpTat(limit, before);
  // Turns that were given out at the old rate count as so many calls at the new one.
  const scale = turn && turnBefore ? turn.step / turnBefore.step : 1;
  const kept = scale === 1 ? sql`sent_tat` : sql`at.now + (sent_tat - at.now) * ${scale}::float8`;
  return usedUp === null ? kept : sql`greatest(${kept}, ${fromEpochMs(usedUp)})`;
}

function fromEpochMs(ms: number) {
  return sql`to_timestamp(${ms / 1000}::float8)`;
}

/** One at a time: hand-outs, answers and a person's own numbers all change a connection's limiter under this lock. */
export async function lockConnection(tx: Queryable, connection: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`dispatch:${connection}`}))`);
}
