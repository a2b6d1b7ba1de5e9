import { db } from "@/db";
import { limits } from "@/db/schema";
import { functions } from "@/inngest";
import { startWorker } from "@/inngest/engine/worker";
import { pixelPool } from "@/lib/images/process/shared-pool";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";

/** DESIGN.md section 11: items/s on an instant model on 2 cores, and the growth of the cost of an item. */
const MUST_PER_SECOND = 60;
/** As a provider would allow; two cores wait for disk and database otherwise. */
const IN_FLIGHT = 16;
const SMALL = 1_000;
const LARGE = 10_000;

export async function run() {
  registerEchoModel();
  await db().insert(limits).values({ connection: "echo", inFlight: IN_FLIGHT });
  const { id: userId } = await newUser();
  const worker = await startWorker(functions);
  await warmUp(userId);
  const small = await measure(userId, SMALL);
  const large = await measure(userId, LARGE);
  await worker.stop();
  return [
    {
      name: `${SMALL} items`,
      figure: `${perSecond(small).toFixed(0)} items/s`,
      reference: `${MUST_PER_SECOND} items/s`,
      ratio: perSecond(small) / MUST_PER_SECOND,
      must: ">= 1",
    },
    {
      name: `${LARGE} items`,
      figure: `${perSecond(large).toFixed(0)} items/s, ${(large.cpuMs / LARGE).toFixed(1)} ms CPU of the worker each`,
      reference: `${MUST_PER_SECOND} items/s`,
      ratio: perSecond(large) / MUST_PER_SECOND,
      must: ">= 1",
    },
    {
      name: "growth of the cost of an item",
      figure: `${(large.ms / LARGE).toFixed(2)} ms`,
      reference: `${(small.ms / SMALL).toFixed(2)} ms`,
      ratio: large.ms / LARGE / (small.ms / SMALL),
      must: "<= 1.2",
    },
  ];
}

type Measured = { items: number; ms: number; cpuMs: number };

async function measure(userId: string, items: number): Promise<Measured> {
  const draft = await newDraft({ userId, count: items });
  const cpu = process.cpuUsage();
  const started = performance.now();
  await startSession({ userId, sessionId: draft.id });
  while ((await sessionRow(draft.id)).state !== "finished")
    await new Promise((resolve) => setTimeout(resolve, 50));
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  const row = await sessionRow(draft.id);
  if (row.completedCount !== items) throw new Error(`${row.completedCount} of ${items} items completed`);
  return { items, ms, cpuMs: (user + system) / 1_000 };
}

/** Pixel processes are up and the database has planned its queries. */
async function warmUp(userId: string) {
  pixelPool();
  await measure(userId, 50);
}

function perSecond({ items, ms }: Measured): number {
  return items / (ms / 1_000);
}
