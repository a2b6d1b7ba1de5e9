import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { PATIENCE_MS } from "@/scripts/testing/patience.mjs";
import type { Transaction } from ".";
import { createTestDb, type TestDb } from "./test-db";

// An error that nobody can catch ends the process, and here the run.

const ID = "01a1fd4f-fd4b-74fc-99f1-f110c0067b84";

let testDb: TestDb;

beforeAll(async () => {
  testDb = await createTestDb();
});
afterAll(() => testDb.close());

async function loseConnection(tx: Transaction) {
  const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  await testDb.db.execute(sql`select pg_terminate_backend(${row?.pid ?? 0}, 5000)`);
  // The socket's end is an event of its own.
  await sleep(50);
}

test.each<[string, (tx: Transaction) => Promise<unknown>]>([
  ["then does something else and commits", loseConnection],
  ["then asks more", async (tx) => loseConnection(tx).then(() => tx.execute(sql`select 1`))],
  [
    "then asks more, whatever the answer",
    async (tx) => {
      await loseConnection(tx);
      await tx.execute(sql`select 1`).catch(() => undefined);
      await tx.execute(sql`select 1`).catch(() => undefined);
    },
  ],
  ["then fails by itself", async (tx) => loseConnection(tx).then(() => Promise.reject(new Error("mine")))],
  ["in the middle of a statement", (tx) => tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`)],
])("a transaction that loses its connection and %s rejects, and others go on", async (_, work) => {
  await expect(testDb.db.transaction(work)).rejects.toThrow();
  // The driver may tell the first statement of a connection why the one before it ended.
  const answers = await vi.waitFor(
    () =>
      Promise.all(
        Array.from({ length: 20 }, () => testDb.db.transaction((tx) => tx.execute(sql`select 1 as one`))),
      ),
    PATIENCE_MS,
  );
  expect(answers.map(([row]) => row)).toEqual(Array(20).fill({ one: 1 }));
});

test("an error of the work itself still rolls back", async () => {
  await testDb.db.execute(sql`create table kept (n int)`);
  const work = testDb.db.transaction(async (tx) => {
    await tx.execute(sql`insert into kept values (1)`);
    throw new Error("mine");
  });
  await expect(work).rejects.toThrow("mine");
  expect(await testDb.db.execute(sql`select * from kept`)).toHaveLength(0);
});

test("arrays of texts and ids are arrays", async () => {
  const [row] = await testDb.db.execute(
    sql`select array['a,b', 'c"d'] as texts, array[]::text[] as none, array[${ID}::uuid] as ids`,
  );
  expect(row).toEqual({ texts: ["a,b", 'c"d'], none: [], ids: [ID] });
});
