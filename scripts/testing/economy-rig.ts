import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { attempts, batches, inputs, items } from "@/db/schema";
import { fillBatches } from "@/inngest/functions/fill-batches";
import { runItem } from "@/inngest/functions/run-item";
import { watchBatch } from "@/inngest/functions/watch-batch";
import { forgetEnv } from "@/lib/env";
import { dispatch } from "@/lib/items/mutations/dispatch";
import { releaseLeases } from "@/lib/items/mutations/release-leases";
import { DEFAULT_PROVIDER } from "@/lib/sessions/constants";
import { startSession } from "@/lib/sessions/mutations/start-session";
import type { SessionSettings } from "@/lib/sessions/types";
import { newDraft, newUser } from "./factories";
import type { FakeProvider } from "./fake-provider/start-fake-provider";

// Sessions of the economy lane against the fake provider's batches. Instead of an engine, `goOn` calls the same functions
// for whatever is due, with the hours between two looks left out.

export const QUEUE = "economy:env";
const MODEL = "gpt-image-2.5-flare";

/** Points the installation's own connection at the fake. */
export function connectEnv(fake: FakeProvider): void {
  Object.assign(process.env, { OPENAI_BASE_URL: fake.baseUrl, OPENAI_API_KEY: fake.key ?? "" });
  forgetEnv();
}

export function disconnectEnv(): void {
  delete process.env.OPENAI_BASE_URL;
  delete process.env.OPENAI_API_KEY;
  forgetEnv();
}

type Wanted = {
  count?: number;
  budget?: number;
  userId?: string;
  prompt?: string;
  /** One for each image, instead of the session's. */
  prompts?: string[];
  settings?: Partial<SessionSettings>;
  beforeStart?(draft: { userId: string; sessionId: string; inputIds: string[] }): Promise<unknown>;
};

/** A started session of the economy lane. */
export async function startEconomy({
  count = 3,
  budget,
  settings,
  prompt = "paint it blue",
  ...wanted
}: Wanted = {}) {
  const userId = wanted.userId ?? (await newUser()).id;
  const draft = await newDraft({
    userId,
    count,
    prompt,
    model: MODEL,
    budget: budget ?? null,
    settings: {
      connection: "env",
      lane: "economy",
      reuse: false,
      provider: { ...DEFAULT_PROVIDER, quality: "low", size: "1024x1024" },
      ...settings,
    },
  });
  for (const [at, own] of (wanted.prompts ?? []).entries()) {
    await db()
      .update(inputs)
      .set({ promptMode: "replace", prompt: own })
      .where(eq(inputs.id, draft.inputIds[at] ?? ""));
  }
  await wanted.beforeStart?.({ userId, sessionId: draft.id, inputIds: draft.inputIds });
  const started = await startSession({ userId, sessionId: draft.id });
  if (!started.ok) throw new Error(started.words);
  return { userId, sessionId: draft.id, inputIds: draft.inputIds };
}

let working = 0;

/** Whether one of the functions for batches is at work, and not the rig. */
export const isWorking = () => working > 0;

async function asWorker(work: () => Promise<void>): Promise<void> {
  working += 1;
  try {
    await work();
  } finally {
    working -= 1;
  }
}

const step = { run: <T>(_id: string, work: () => Promise<T>) => work() };
const run = () => ({ step, runId: randomUUID() });

/** How the functions for batches are run. */
export type Runner = { fill(): Promise<void>; watch(batchId: string): Promise<void> };

const directly: Runner = {
  fill: () => asWorker(() => fillBatches.handle({ queue: QUEUE }, run())),
  watch: (batchId) => asWorker(() => watchBatch.handle({ batchId }, run())),
};

/** Looks at every open batch as if its time had come. */
export async function look({ watch }: Runner = directly): Promise<void> {
  await db().execute(sql`update batches set poll_at = now() where state <> 'settled'`);
  const open = await db().execute<{ id: string }>(
    sql`select id from batches where state <> 'settled' order by created_at`,
  );
  for (const { id } of open) await watch(id);
}

/** Runs the items that were handed out, live or to be finished. */
export async function runHanded(): Promise<number> {
  await db().execute(sql`update items set due_at = now() where status = 'waiting'`);
  await db().execute(sql`update limits set blocked_until = null`);
  await dispatch("env");
  const handed = await db().execute<{ itemId: string; dispatch: number }>(sql`
    select i.id as "itemId", i.dispatch from items i
    where i.status = 'running' and i.lease_until is not null and not exists (
      select 1 from batches b where b.claimed @> jsonb_build_array(jsonb_build_object('itemId', i.id)))`);
  for (const data of handed) await runItem.handle(data, run());
  return handed.length;
}

/** What a worker that is gone held is free again. */
export async function buryWorkers(): Promise<void> {
  await db().execute(
    sql`update batches set lease_until = now() - interval '1 second' where lease_until is not null`,
  );
  await db().execute(
    sql`update items set lease_until = now() - interval '1 second' where status = 'running' and lease_until is not null`,
  );
  await releaseLeases({ deadWorkers: [] });
}

/** Goes on until nothing is left to do, or `until` says so. */
export async function goOn(until: () => Promise<boolean> = isQuiet, by: Runner = directly): Promise<void> {
  for (let round = 0; round < 400; round += 1) {
    await by.fill();
    await look(by);
    await runHanded();
    if (await until()) return;
    await sleep(5);
  }
  const open = await db().select().from(batches);
  throw new Error(
    `it does not end: ${JSON.stringify(open.map(({ state, providerStatus }) => [state, providerStatus]))}`,
  );
}

/** No batch is open, and nothing of a running session waits. */
export async function isQuiet(): Promise<boolean> {
  const [row] = await db().execute<{ open: boolean }>(sql`
    select exists (select 1 from batches where state <> 'settled')
      or exists (select 1 from items i join sessions s on s.id = i.session_id
        where i.status = 'running' or (s.state = 'running' and s.deleted_at is null and i.ready
          and i.status in ('queued', 'waiting'))) as open`);
  return row?.open === false;
}

/** Goes on until the newest batch is in that state. */
export async function goOnUntil(state: string): Promise<void> {
  await goOn(async () => {
    const rows = await db().select({ state: batches.state }).from(batches).orderBy(batches.createdAt);
    return rows.at(-1)?.state === state;
  });
}

export function batchesOf(sessionId: string) {
  return db().select().from(batches).where(eq(batches.sessionId, sessionId)).orderBy(batches.createdAt);
}

export async function statusesOf(sessionId: string) {
  const rows = await db()
    .select({ status: items.status })
    .from(items)
    .where(eq(items.sessionId, sessionId))
    .orderBy(items.position);
  return rows.map(({ status }) => status);
}

export async function attemptsOf(sessionId: string) {
  const rows = await db()
    .select({ attempt: attempts })
    .from(attempts)
    .innerJoin(items, eq(items.id, attempts.itemId))
    .where(eq(items.sessionId, sessionId))
    .orderBy(items.position, attempts.number);
  return rows.map(({ attempt }) => attempt);
}
