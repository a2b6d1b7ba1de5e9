import { type SQL, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { dispatch } from "@/lib/items/mutations/dispatch";
import { handOutQuery } from "@/lib/items/mutations/hand-out";
import { releaseLeases } from "@/lib/items/mutations/release-leases";
import { listReadyConnections } from "@/lib/items/queries/list-ready-connections";
import { lockConnection } from "@/lib/limits/mutations";
import { readLimit } from "@/lib/limits/queries";
import { connectionName, fill, giveBack, IN_FLIGHT, type Size } from "./dispatch/rows";

/**
 * A hand-out costs the same with ten thousand items and with millions. BENCH_DISPATCH_ROWS="1000000 10000000" names
 * other sizes to compare with the smallest; BENCH_DISPATCH_PLAN=1 prints a plan at each.
 */
const SMALLEST = 10_000;
const SIZES = [100_000, 1_000_000];
/** Larger installations have more sessions on each connection, too. */
const SESSIONS_EACH: Record<number, number> = { 10000: 2, 100000: 4, 1000000: 5, 10000000: 8 };
const CONNECTIONS = 1_000;
const MUST_GROW = 1.5;
/** Everybody on one connection: what a hand-out then costs grows with the sessions that stand in line there. */
const CROWD: Size = { rows: 100_000, connections: 1, sessionsEach: 1_000 };
/** Hand-outs a second: 600 images a minute, more than twice what the highest tier of an account was. */
const MUST_CARRY = 10;
/** Of the 30 s between two rounds of the reconciler, for finding out what there is to do. */
const MUST_SHARE = 0.02;
const WARM_UP = 100;
const ROUNDS = 600;
const PLANS = 50;

type Measured = {
  rows: number;
  median: number;
  p95: number;
  /** Median of a transaction that changes one row, taken between the dispatches: how busy the machine was. */
  bare: number;
  /** Of the hand-out's statement alone: ms in the server, pages touched. */
  planned: number;
  buffers: number;
  limit: number;
  ready: number;
  leases: number;
};

export async function run() {
  const asked = process.env.BENCH_DISPATCH_ROWS?.split(/[\s,]+/)
    .filter(Boolean)
    .map(Number);
  const sizes = [SMALLEST, ...(asked ?? SIZES)];
  const measured: Measured[] = [];
  for (const rows of sizes)
    measured.push(await measure({ rows, connections: CONNECTIONS, sessionsEach: SESSIONS_EACH[rows] ?? 5 }));
  const crowd = await measure(CROWD);
  return [
    ...compare(measured),
    {
      name: `${CROWD.sessionsEach} sessions on one connection`,
      figure: `${crowd.median.toFixed(2)} ms`,
      reference: `${MUST_CARRY} hand-outs a second`,
      ratio: 1_000 / crowd.median / MUST_CARRY,
      must: ">= 1",
    },
  ];
}

function compare(measured: Measured[]) {
  const [small, large] = [measured[0], measured.at(-1)];
  if (!small || !large) throw new Error("nothing was measured");
  const grows = (name: string, of: (size: Measured) => number, unit: string) => ({
    name: `${name}, ${large.rows} items`,
    figure: `${of(large).toFixed(2)} ${unit}`,
    reference: `${of(small).toFixed(2)} ${unit} with ${small.rows}`,
    ratio: of(large) / of(small),
    must: `<= ${MUST_GROW}`,
  });
  const looking = large.ready + large.leases;
  return [
    grows("dispatch, median", ({ median, bare }) => median / bare, "bare transactions"),
    grows("dispatch, p95", ({ p95, bare }) => p95 / bare, "bare transactions"),
    grows("limiter read", ({ limit }) => limit, "ms"),
    {
      name: "reconciler, looking",
      figure: `${looking.toFixed(0)} ms`,
      reference: "30 s",
      ratio: looking / 30_000,
      must: `<= ${MUST_SHARE}`,
    },
  ];
}

async function measure(size: Size): Promise<Measured> {
  const started = performance.now();
  await fill(size);
  console.log(`${size.rows} items in ${((performance.now() - started) / 1_000).toFixed(0)} s`);
  const any = () => connectionName(1 + Math.floor(Math.random() * size.connections));
  for (let n = 0; n < WARM_UP; n += 1) await once(any());
  const times: number[] = [];
  const bare: number[] = [];
  for (let n = 0; n < ROUNDS; n += 1) {
    times.push(await once(any()));
    bare.push(await bareTransaction(any()));
  }
  const plans: { ms: number; buffers: number }[] = [];
  for (let n = 0; n < PLANS; n += 1) plans.push(await plan(any()));
  if (process.env.BENCH_DISPATCH_PLAN) await printPlan(any());
  const measured = {
    rows: size.rows,
    median: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    bare: quantile(bare, 0.5),
    planned: quantile(
      plans.map(({ ms }) => ms),
      0.5,
    ),
    buffers: quantile(
      plans.map(({ buffers }) => buffers),
      0.5,
    ),
    limit: await medianOf(ROUNDS, () => readLimit(db(), any())),
    ready: await medianOf(5, () => listReady(size.connections)),
    leases: await medianOf(5, () => releaseLeases({ deadWorkers: [] })),
  };
  print(measured);
  return measured;
}

/** ms of one dispatch. */
async function once(connection: string): Promise<number> {
  const started = performance.now();
  const handed = await dispatch(connection);
  const ms = performance.now() - started;
  if (handed !== IN_FLIGHT - 1) throw new Error(`${handed} items handed out to ${connection}`);
  await giveBack(connection);
  return ms;
}

/** ms of the frame of a dispatch: begin, the lock, one row written, commit. */
async function bareTransaction(connection: string): Promise<number> {
  const started = performance.now();
  await db().transaction(async (tx) => {
    await lockConnection(tx, connection);
    await tx.execute(sql`update limits set images_tat = now() where connection = ${connection}`);
  });
  return performance.now() - started;
}

async function listReady(connections: number): Promise<void> {
  const ready = await listReadyConnections();
  if (ready.length !== connections) throw new Error(`${ready.length} connections are ready`);
}

class Undo extends Error {}

/** What becomes of the hand-out's statement, undone. */
async function undone<T>(connection: string, read: (tx: Transaction, query: SQL) => Promise<T>): Promise<T> {
  const answers: T[] = [];
  const query = handOutQuery({ connection, slots: IN_FLIGHT - 1, pacing: null });
  await db()
    .transaction(async (tx) => {
      answers.push(await read(tx, query));
      throw new Undo();
    })
    .catch((error) => {
      if (!(error instanceof Undo)) throw error;
    });
  const [answer] = answers;
  if (!answer) throw new Error("there is no plan");
  return answer;
}

type PlanRow = {
  "QUERY PLAN": {
    "Execution Time": number;
    Plan: { "Shared Hit Blocks": number; "Shared Read Blocks": number };
  }[];
};

async function plan(connection: string): Promise<{ ms: number; buffers: number }> {
  const [row] = await undone(connection, (tx, query) =>
    tx.execute<PlanRow>(sql`explain (analyze, buffers, timing off, format json) ${query}`),
  );
  const found = row?.["QUERY PLAN"][0];
  if (!found) throw new Error("there is no plan");
  return {
    ms: found["Execution Time"],
    buffers: found.Plan["Shared Hit Blocks"] + found.Plan["Shared Read Blocks"],
  };
}

async function printPlan(connection: string): Promise<void> {
  const lines = await undone(connection, (tx, query) =>
    tx.execute<{ "QUERY PLAN": string }>(sql`explain (analyze, buffers, costs off) ${query}`),
  );
  for (const line of lines) console.log(line["QUERY PLAN"]);
}

async function medianOf(times: number, work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const started = performance.now();
    await work();
    took.push(performance.now() - started);
  }
  return quantile(took, 0.5);
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function print({ rows, median, p95, bare, planned, buffers, limit, ready, leases }: Measured): void {
  console.log(
    `${rows} items: dispatch ${median.toFixed(2)} ms median, ${p95.toFixed(2)} ms p95 (bare transaction ${bare.toFixed(2)} ms); hand-out ${planned.toFixed(2)} ms, ` +
      `${buffers} pages; limiter ${limit.toFixed(2)} ms; ready connections ${ready.toFixed(0)} ms; leases ${leases.toFixed(1)} ms`,
  );
}
