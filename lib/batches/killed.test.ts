import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { limits, users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { auditMoney } from "@/lib/usage/queries/audit-money";
import {
  attemptsOf,
  buryWorkers,
  connectEnv,
  goOn,
  isWorking,
  startEconomy,
  statusesOf,
} from "@/scripts/testing/economy-rig";
import { sessionRow } from "@/scripts/testing/factories";
import { type FakeProvider, startFakeProvider } from "@/scripts/testing/fake-provider/start-fake-provider";
import { Killed, makeMortal } from "@/scripts/testing/mortal";

// A worker that dies between any two statements of a batch's life, and another one that goes on. The first batch expires
// after one of its two lines, so that every way out of a batch is taken.

let testDb: TestDb;
let fake: FakeProvider;
let mortal: ReturnType<typeof makeMortal>;

beforeAll(async () => {
  testDb = await createTestDb();
  mortal = makeMortal(isWorking);
});
beforeEach(async () => {
  await testDb.db.delete(limits);
});
afterAll(async () => {
  await testDb.close();
});

/** Runs a session to its end with one death at that point. False: it was over before. */
async function dies(point: number): Promise<boolean> {
  await testDb.db.delete(users);
  fake = await startFakeProvider({ pictures: "tiny" });
  try {
    connectEnv(fake);
    fake.planBatches({ end: "expired", lines: 1 });
    const { sessionId } = await startEconomy({ count: 2 });
    mortal.dieAt(point);
    const died = await goOn().then(
      () => false,
      (error: unknown) => {
        if (!isDeath(error)) throw error;
        return true;
      },
    );
    mortal.revive();
    await buryWorkers();
    // An order is looked for for 10 minutes.
    await testDb.db.execute(sql`update batches set creating_at = creating_at - interval '11 minutes'`);
    await goOn();
    await expectOnce(sessionId, point);
    return died;
  } finally {
    await fake.close();
  }
}

function isDeath(error: unknown): boolean {
  return error instanceof Killed || (error instanceof Error && isDeath(error.cause));
}

async function expectOnce(sessionId: string, point: number) {
  const at = `killed at point ${point}`;
  expect(await statusesOf(sessionId), at).toEqual(["completed", "completed"]);
  expect(await auditMoney(), at).toEqual([]);
  const charged = fake.imageCalls().filter((call) => call.charged);
  const made = (await attemptsOf(sessionId)).filter(({ outcome }) => outcome === "completed");
  expect(charged.map(({ clientRequestId }) => clientRequestId).toSorted(), at).toEqual(
    made.map(({ id }) => id).toSorted(),
  );
  expect(await sessionRow(sessionId), at).toMatchObject({
    ...{ state: "finished", completedCount: 2, reserved: 0, maybeSpend: 0 },
    ...{ queuedCount: 0, runningCount: 0, waitingCount: 0, failedCount: 0 },
    spend: made.reduce((sum, { cost }) => sum + cost, 0),
  });
}

/** KILL_EVERY=1 takes every point there is, which takes minutes. */
const EVERY = Number(process.env.KILL_EVERY ?? 17);

test(
  "wherever a worker dies, every image is made once and paid for once",
  async () => {
    let deaths = 0;
    for (let point = 1; await dies(point); point += EVERY) deaths += 1;
    expect(deaths * EVERY).toBeGreaterThan(200);
  },
  15 * 60_000,
);
