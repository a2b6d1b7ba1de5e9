import { sql } from "drizzle-orm";
import { db } from "@/db";
import { functions } from "@/inngest";
import { startWorker, type Worker } from "@/inngest/engine/worker";
import { forgetEnv } from "@/lib/env";
import { pixelPool } from "@/lib/images/process/shared-pool";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { type FakeProvider, startFakeProvider } from "@/scripts/testing/fake-provider/start-fake-provider";

/** Issue figures: 600 images at 1,200 a minute, answers in 0.2 to 2 s. */
const IMAGES = 600;
const PER_MINUTE = 1_200;
const LATENCY = { kind: "uniform", minMs: 200, maxMs: 2_000 } as const;
const MODEL = "gpt-image-2.5-flare";

export async function run() {
  // Pixel processes are up and the database has planned its queries.
  await measure({ told: PER_MINUTE, images: 20 });
  const known = await measure({ told: PER_MINUTE });
  const headers = await measure({ told: null, headers: true });
  const unknown = await measure({ told: null });
  const shared = await measure({ told: PER_MINUTE, sessions: 2, workers: 2 });
  const idle = await waiting();
  return [
    line("makespan, limit known", known.ratio, "<= 1.05", `${known.seconds.toFixed(1)} s`, known.ideal),
    line("429s, limit known", known.refused / IMAGES, "<= 0.01", `${known.refused}`, `${IMAGES} calls`),
    line("items failed", known.failed + headers.failed + unknown.failed + shared.failed, "<= 0", "", "0"),
    line(
      "makespan, limit in headers",
      headers.ratio,
      "<= 1.25",
      `${headers.seconds.toFixed(1)} s`,
      headers.ideal,
    ),
    line(
      "429s, limit in headers",
      headers.refused / IMAGES,
      "<= 0.01",
      `${headers.refused}`,
      `${IMAGES} calls`,
    ),
    line(
      "makespan, limit in refusals",
      unknown.ratio,
      "<= 1.25",
      `${unknown.seconds.toFixed(1)} s`,
      unknown.ideal,
    ),
    line(
      "429s, limit in refusals",
      unknown.refused / IMAGES,
      "<= 0.01",
      `${unknown.refused}`,
      `${IMAGES} calls`,
    ),
    line(
      "makespan, two workers and sessions",
      shared.ratio,
      "<= 1.05",
      `${shared.seconds.toFixed(1)} s`,
      shared.ideal,
    ),
    line(
      "429s, two workers and sessions",
      shared.refused / IMAGES,
      "<= 0.01",
      `${shared.refused}`,
      `${IMAGES} calls`,
    ),
    line("unfairness between two sessions", shared.unfair, "<= 0.1", "of their shares at half time", "0"),
    line("statements a second, 5,000 waiting", idle, "<= 5", `${idle.toFixed(1)}`, "5"),
  ];
}

function line(name: string, ratio: number, must: string, figure: string, reference: string) {
  return { name, figure, reference, ratio, must };
}

type Setup = { told: number | null; sessions?: number; workers?: number; images?: number; headers?: boolean };

async function measure({ told, sessions = 1, workers = 1, images = IMAGES, headers = false }: Setup) {
  const fake = await connect({ told, limit: PER_MINUTE, headers });
  const running = await Promise.all(Array.from({ length: workers }, () => startWorker(functions)));
  pixelPool();
  const drafts = [];
  for (let at = 0; at < sessions; at += 1) drafts.push(await draftOf(images / sessions));
  const started = performance.now();
  await Promise.all(drafts.map(startSession));
  let unfair = 0;
  while (!(await allFinished(drafts))) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    unfair = await unfairness(drafts, unfair);
  }
  const seconds = (performance.now() - started) / 1_000;
  const rows = await Promise.all(drafts.map(({ sessionId }) => sessionRow(sessionId)));
  await stop(running);
  const refused = fake.imageCalls().filter(({ status }) => status === 429).length;
  await fake.close();
  const failed = rows.reduce((sum, { completedCount }) => sum - completedCount, images);
  const ideal = images / (PER_MINUTE / 60) + (LATENCY.minMs + LATENCY.maxMs) / 2_000;
  return { seconds, ideal: `${ideal.toFixed(1)} s`, ratio: seconds / ideal, refused, failed, unfair };
}

/** A fresh installation with the fake as its provider; `told`: what its owner knows of the limit. */
async function connect({
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
  await db().execute(sql`delete from limits`);
  return fake;
}

async function draftOf(count: number) {
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

async function allFinished(drafts: { sessionId: string }[]): Promise<boolean> {
  const rows = await Promise.all(drafts.map(({ sessionId }) => sessionRow(sessionId)));
  return rows.every(({ state }) => state === "finished");
}

/** At half time: how far the quicker session is ahead of an equal share. */
async function unfairness(drafts: { sessionId: string }[], before: number): Promise<number> {
  if (drafts.length < 2 || before > 0) return before;
  const rows = await Promise.all(drafts.map(({ sessionId }) => sessionRow(sessionId)));
  const done = rows.map(({ completedCount }) => completedCount);
  const total = done.reduce((sum, count) => sum + count, 0);
  if (total < IMAGES / 2) return 0;
  return Math.max(...done) / (total / drafts.length) - 1 || Number.MIN_VALUE;
}

/** Statements a second while 5,000 items wait for a slow provider. */
async function waiting(): Promise<number> {
  const fake = await connect({ told: 2, limit: 2 });
  const worker = await startWorker(functions);
  const draft = await draftOf(5_000);
  await startSession(draft);
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const before = await statements();
  const SECONDS = 20;
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000));
  const after = await statements();
  await stop([worker]);
  await fake.close();
  return (after - before) / SECONDS;
}

/** Transactions of this database, begun and ended; a statement of its own is one. */
async function statements(): Promise<number> {
  const [row] = await db().execute<{ n: number }>(sql`
    select (xact_commit + xact_rollback)::float8 as n from pg_stat_database where datname = current_database()`);
  return row?.n ?? 0;
}

async function stop(workers: Worker[]) {
  for (const worker of workers) await worker.stop();
}
