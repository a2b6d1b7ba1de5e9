import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import { forgetEnv } from "@/lib/env";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { programPath } from "@/scripts/start/programs.mjs";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { type FakeProvider, startFakeProvider } from "@/scripts/testing/fake-provider/start-fake-provider";

export const LATENCY = { kind: "uniform", minMs: 200, maxMs: 2_000 } as const;
const MODEL = "gpt-image-2.5-flare";
const PATIENCE_MS = 120_000;

export type Draft = { userId: string; sessionId: string };

/** A fresh installation with the fake as its provider; `told`: what its owner knows of the limit. */
export async function connect({
  told,
  limit,
  headers = false,
}: {
  told: number | null;
  limit: number;
  headers?: boolean;
}): Promise<FakeProvider> {
  const fake = await startFakeProvider({
    // The work with pixels has a bench of its own (ingest).
    pictures: "tiny",
    latency: LATENCY,
    // Enforced in tenths of a second: who sends a minute's worth at once is refused.
    limits: { images: { perMinute: limit, kind: "bucket", capacity: Math.max(2, limit / 60) } },
    // Without headers only a refusal's text names the limit.
    hints: { images: headers, requests: false, tokens: false },
  });
  process.env.OPENAI_BASE_URL = fake.baseUrl;
  process.env.OPENAI_API_KEY = fake.key ?? "none";
  if (told) process.env.OPENAI_IMAGES_PER_MINUTE = String(told);
  else delete process.env.OPENAI_IMAGES_PER_MINUTE;
  forgetEnv();
  await forgetLimits();
  return fake;
}

/** What was learnt of the provider until now is unknown again. */
export async function forgetLimits(): Promise<void> {
  await db().execute(sql`delete from limits`);
}

/** The worker as `npm start` runs it, in so many processes of their own. */
export async function startWorkers(count: number): Promise<ChildProcess[]> {
  const env = { ...process.env, LOG_LEVEL: process.env.LOG_LEVEL ?? "warn" };
  const workers = Array.from({ length: count }, () =>
    spawn(process.execPath, [programPath("worker")], { env, stdio: "inherit" }),
  );
  await until(async () => (await countOf(sql`select count(*)::int as n from workers`)) === count);
  return workers;
}

export async function stopWorkers(workers: ChildProcess[]): Promise<void> {
  for (const worker of workers) {
    const exited = once(worker, "exit");
    worker.kill("SIGTERM");
    await exited;
  }
}

export async function draftOf(count: number): Promise<Draft> {
  const { id: userId } = await newUser();
  const settings = { connection: "env", reuse: false, provider: SMALL } as const;
  const { id: sessionId } = await newDraft({ userId, count, model: MODEL, settings });
  return { userId, sessionId };
}

const SMALL = {
  quality: "low",
  size: "1024x1024",
  background: "auto",
  moderation: "auto",
  complexity: null,
  seed: null,
  negativePrompt: "",
  steps: null,
} as const;

/** Starts them together and waits for the last; `look` sees how many each has done, some 20 times a second. */
export async function runDrafts(
  drafts: Draft[],
  look: (done: number[]) => unknown = () => {},
): Promise<void> {
  await Promise.all(drafts.map(startSession));
  await until(async () => {
    const rows = await Promise.all(drafts.map(({ sessionId }) => sessionRow(sessionId)));
    await look(rows.map(({ completedCount }) => completedCount));
    return rows.every(({ state }) => state === "finished");
  });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(50)) if (await holds()) return;
  throw new Error(`it took longer than ${PATIENCE_MS / 1_000} s`);
}

/** Items each worker has in hand at this moment. */
export async function inHand(): Promise<{ worker: string; items: number }[]> {
  return db().execute<{ worker: string; items: number }>(sql`
    select worker_id as worker, count(*)::int as items from items
    where status = 'running' and worker_id is not null group by worker_id`);
}

async function countOf(query: ReturnType<typeof sql>): Promise<number> {
  const [row] = await db().execute<{ n: number }>(query);
  return row?.n ?? 0;
}
