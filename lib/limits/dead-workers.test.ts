import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTestDb, type TestDb } from "@/db/test-db";
import { findDeadWorkers, registerWorker } from "./mutations";
import { setCurrentWorkerId } from "./worker-identity";

let testDb: TestDb;

beforeAll(async () => {
  testDb = await createTestDb();
});
afterEach(() => setCurrentWorkerId(null));
afterAll(() => testDb.close());

test("a worker without beat and lock is dead to others, never to itself", async () => {
  const { id } = await registerWorker({ engine: "embedded", cores: 1 });
  expect(await findDeadWorkers()).toEqual([]);
  await testDb.db.execute(sql`update workers set beat_at = now() - interval '1 hour'`);
  // Not before the database has been up for some seconds.
  await expect.poll(findDeadWorkers).toMatchObject([{ id }]);
  setCurrentWorkerId(id);
  expect(await findDeadWorkers()).toEqual([]);
});
