import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDb, type TestDb } from "@/db/test-db";
import { newDraft, newUser } from "@/scripts/testing/factories";
import { listChanges } from "./list-changes";

let testDb: TestDb;

beforeAll(async () => {
  testDb = await createTestDb();
});
afterAll(() => testDb.close());

test("images that get ready while an answer is put together are asked for again", async () => {
  const { id: userId } = await newUser();
  const { id: sessionId } = await newDraft({ userId });
  await testDb.db.execute(
    sql`update inputs set state = 'probing', revision = 5 where session_id = ${sessionId}`,
  );
  await testDb.db.execute(sql`update sessions set revision = 5 where id = ${sessionId}`);
  const answer = await testDb.db.transaction(async (tx) => {
    await tx.execute(sql`lock table inputs in access exclusive mode`);
    // It has read the session, and waits for the rows.
    const asking = listChanges({ sessionId, userId, since: 4 });
    await expect.poll(isSomebodyWaiting).toBe(true);
    await tx.execute(sql`update inputs set state = 'ready', revision = 6 where session_id = ${sessionId}`);
    await tx.execute(sql`update sessions set revision = 6 where id = ${sessionId}`);
    return { asking };
  });
  const first = await answer.asking;
  expect(first).toMatchObject({ cursor: 5, inputs: [] });
  expect(first?.nextMs).toBeGreaterThan(0);

  const second = await listChanges({ sessionId, userId, since: 5 });
  expect(second).toMatchObject({ cursor: 6, nextMs: null });
  expect(second?.inputs.map(([, , state]) => state)).toEqual([2, 2, 2]);
});

async function isSomebodyWaiting(): Promise<boolean> {
  const rows = await testDb.db.execute(sql`
    select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`);
  return rows.length > 0;
}
