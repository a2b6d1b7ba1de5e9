import { afterAll, beforeAll, expect, test } from "vitest";
import { limits } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { registerPaidModel } from "@/scripts/testing/models";

let testDb: TestDb;

beforeAll(async () => {
  testDb = await createTestDb();
  registerPaidModel();
  const rate = { imagesPerMinute: 1_200, rateSource: "told" } as const;
  await testDb.db.insert(limits).values({ connection: "paid", inFlight: 256, ...rate });
});
afterAll(() => testDb.close());

async function start(count: number): Promise<string> {
  const { id: userId } = await newUser();
  const draft = await newDraft({ userId, count, model: "paid" });
  await startSession({ userId, sessionId: draft.id });
  return draft.id;
}

test("a session that comes after a long one took every slot of the next seconds has its first items in hand at once", async () => {
  const long = await start(5_000);
  const { runningCount: ahead } = await sessionRow(long);
  expect(ahead).toBeGreaterThan(20);
  const short = await start(20);
  expect(await sessionRow(short)).toMatchObject({ runningCount: 20, queuedCount: 0 });
});
