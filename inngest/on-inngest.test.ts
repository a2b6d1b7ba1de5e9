import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { attempts, items } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { type OnInngest, onFakeInngest } from "@/scripts/testing/fake-inngest/in-process";
import { type EchoCall, registerEchoModel } from "@/scripts/testing/models";
import { seeded } from "@/scripts/testing/simulation/random";

// Whole sessions on Inngest: the SDK speaks to a server over HTTP, which calls back. What arrives when is its choice.

const IMAGES = 24;

let testDb: TestDb;
let calls: EchoCall[];
let host: OnInngest;

beforeAll(async () => {
  process.env.STUDIO_CONCURRENCY = "6";
  testDb = await createTestDb();
  calls = registerEchoModel();
});
afterEach(() => host.close());
afterAll(async () => {
  delete process.env.STUDIO_CONCURRENCY;
  await testDb.close();
});

async function startRun() {
  calls.length = 0;
  const user = await newUser();
  const draft = await newDraft({ userId: user.id, count: IMAGES });
  await startSession({ userId: user.id, sessionId: draft.id });
  return { userId: user.id, sessionId: draft.id };
}

/** As if their time had passed: what nobody works on any more is taken back at the next look. */
async function passTime() {
  await testDb.db.execute(sql`update items set lease_until = now() - interval '1 s'
    where status = 'running' and not exists (select 1 from attempts a where a.item_id = items.id and a.outcome = 'sending')`);
}

const isFinished = async (sessionId: string) => (await sessionRow(sessionId)).state === "finished";

async function assertOnceEach(sessionId: string) {
  expect(await sessionRow(sessionId)).toMatchObject({
    ...{ state: "finished", completedCount: IMAGES, failedCount: 0, runningCount: 0, queuedCount: 0 },
  });
  const tries = await testDb.db
    .select({ outcome: attempts.outcome })
    .from(attempts)
    .innerJoin(items, eq(items.id, attempts.itemId))
    .where(eq(items.sessionId, sessionId));
  expect(tries).toHaveLength(IMAGES);
  expect(new Set(tries.map(({ outcome }) => outcome))).toEqual(new Set(["completed"]));
  expect(calls).toHaveLength(IMAGES);
}

test("a session runs to its end, one run an item, bounded by owner and connection", async () => {
  host = await onFakeInngest();
  const { userId, sessionId } = await startRun();
  await expect.poll(() => isFinished(sessionId)).toBe(true);
  await host.inngest.idle();
  await assertOnceEach(sessionId);
  const runs = host.inngest.executor.ended.filter(
    ({ functionId }) => functionId === "contact-sheet-run-item",
  );
  expect(runs).toHaveLength(IMAGES);
  expect(new Set(runs.map(({ event }) => event.id)).size).toBe(IMAGES);
  expect(host.inngest.executor.peak("event.data.ownerId", userId)).toBeGreaterThan(1);
  expect(host.inngest.executor.peak("event.data.connection", "echo")).toBeGreaterThan(1);
});

test("every event twice and in no order gives one attempt each", async () => {
  const random = seeded(7);
  host = await onFakeInngest({ deliveries: () => [random.between(0, 150), random.between(0, 150)] });
  const { sessionId } = await startRun();
  await expect.poll(() => isFinished(sessionId)).toBe(true);
  await host.inngest.idle();
  await assertOnceEach(sessionId);
});

test("of events half are lost; the reconciler hands out again what nobody came for", async () => {
  const random = seeded(11);
  host = await onFakeInngest({ deliveries: () => (random.chance(0.5) ? [] : [0]) });
  const { sessionId } = await startRun();
  await expect
    .poll(async () => {
      await host.inngest.idle();
      await passTime();
      await host.inngest.tick();
      return isFinished(sessionId);
    })
    .toBe(true);
  await host.inngest.idle();
  await assertOnceEach(sessionId);
});
