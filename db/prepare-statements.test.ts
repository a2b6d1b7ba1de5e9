import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repeatedTexts } from "./prepare-statements";
import { createTestDb, type TestDb } from "./test-db";

let testDb: TestDb;

beforeAll(async () => {
  testDb = await createTestDb();
});
afterAll(() => testDb.close());

test("a text is worth preparing from its third time on", () => {
  const isWorthIt = repeatedTexts();
  expect(["a", "b", "a", "a", "a", "b"].map(isWorthIt)).toEqual([false, false, false, true, true, false]);
});

test("ever other texts are never prepared, and those that repeat still are", () => {
  const isWorthIt = repeatedTexts();
  isWorthIt("kept");
  isWorthIt("kept");
  const kept = isWorthIt("kept");
  const others = Array.from({ length: 5_000 }, (_, at) => isWorthIt(`in (${at})`));
  expect([kept, others.some(Boolean), isWorthIt("kept")]).toEqual([true, false, true]);
});

test("a statement that repeats is prepared on its connection", async () => {
  const held = await testDb.db.transaction(async (tx) => {
    for (const n of [1, 2, 3, 4]) {
      const [row] = await tx.execute<{ n: number }>(sql`select ${n}::int as n -- repeats`);
      expect(row).toEqual({ n });
    }
    return tx.execute(
      sql`select statement from pg_prepared_statements where statement like '%-- repeats' and generic_plans = 0`,
    );
  });
  expect(held).toHaveLength(1);
});
