import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { items, limits, steps } from "@/db/schema";
import { functions } from "@/inngest";
import { startWorker } from "@/inngest/engine/worker";
import { pixelPool } from "@/lib/images/process/shared-pool";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { saveChain } from "@/lib/steps/mutations/save-chain";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";

/** A chain over many inputs costs what as many single edits do, and its first pictures come early. */
const INPUTS = 200;
const STEPS = 5;
const MUST_KEEP = 0.9;
const MUST_BEGIN = 3;
/** At the same time and no more, as a model on two cores: a machine asked for more than it can do finishes all chains late. */
const IN_FLIGHT = 4;
/** Runs of one chain alone: one is over too soon to be a measure. */
const ALONE = 10;

export async function run() {
  registerEchoModel();
  await db().insert(limits).values({ connection: "echo", inFlight: IN_FLIGHT, maxInFlight: IN_FLIGHT });
  const { id: userId } = await newUser();
  const worker = await startWorker(functions);
  pixelPool();
  await measure(userId, { inputs: 50, length: 1 });
  await measure(userId, { inputs: 10, length: STEPS });
  const bulk = await measure(userId, { inputs: INPUTS * STEPS, length: 1 });
  const chain = await measure(userId, { inputs: INPUTS, length: STEPS });
  const alone: number[] = [];
  for (let n = 0; n < ALONE; n += 1)
    alone.push((await measure(userId, { inputs: 1, length: STEPS })).firstMs);
  await worker.stop();
  const single = alone.reduce((sum, ms) => sum + ms, 0) / ALONE;
  const rate = (ms: number) => (INPUTS * STEPS) / (ms / 1_000);
  return [
    {
      name: `${INPUTS} inputs x ${STEPS} steps`,
      figure: `${rate(chain.ms).toFixed(0)} items/s`,
      reference: `${rate(bulk.ms).toFixed(0)} items/s of ${INPUTS * STEPS} bulk items`,
      ratio: bulk.ms / chain.ms,
      must: `>= ${MUST_KEEP}`,
    },
    {
      name: "first finished chain",
      figure: `${chain.firstMs.toFixed(0)} ms in the run of ${INPUTS}`,
      reference: `${single.toFixed(0)} ms alone, mean of ${ALONE}`,
      ratio: chain.firstMs / single,
      must: `<= ${MUST_BEGIN}`,
    },
  ];
}

/** Time to the end, and to the first input whose last step is done, ms. */
async function measure(userId: string, { inputs, length }: { inputs: number; length: number }) {
  const { id: sessionId } = await newDraft({ userId, count: inputs });
  if (length > 1) await setChain(userId, sessionId, length);
  const started = performance.now();
  await startSession({ userId, sessionId });
  let firstMs = 0;
  for (;;) {
    if (firstMs === 0 && (await isOneDone(sessionId, length))) firstMs = performance.now() - started;
    if ((await sessionRow(sessionId)).state === "finished") break;
    await new Promise((resolve) => setTimeout(resolve, firstMs === 0 ? 5 : 50));
  }
  const ms = performance.now() - started;
  const { completedCount } = await sessionRow(sessionId);
  if (completedCount !== inputs * length) throw new Error(`${completedCount} items completed`);
  return { ms, firstMs: firstMs || ms };
}

async function setChain(userId: string, sessionId: string, length: number): Promise<void> {
  const saved = await saveChain({
    userId,
    sessionId,
    chainVersion: 0,
    steps: Array.from({ length }, (_, at) => ({
      id: randomUUID(),
      prompt: `step ${at + 1}`,
      settings: null,
      source: at,
      references: [],
      enabled: true,
    })),
  });
  if (!saved.ok) throw new Error(saved.words);
}

async function isOneDone(sessionId: string, length: number): Promise<boolean> {
  const [row] = await db()
    .select({ one: sql`1` })
    .from(items)
    .innerJoin(steps, and(eq(steps.id, items.stepId), eq(steps.position, length)))
    .where(and(eq(items.sessionId, sessionId), eq(items.status, "completed")))
    .limit(1);
  return row !== undefined;
}
