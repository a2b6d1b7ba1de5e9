import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDb, type TestDb } from "@/db/test-db";
import { type OnInngest, onFakeInngest, use } from "@/scripts/testing/fake-inngest/in-process";
import { transact } from "./events";

let testDb: TestDb;
let host: OnInngest;

beforeAll(async () => {
  testDb = await createTestDb();
  await testDb.db.execute(sql`create table marks (name text)`);
});
afterAll(() => testDb.close());
beforeEach(async () => {
  await testDb.db.execute(sql`delete from marks`);
  host = await onFakeInngest({ deliveries: () => [] });
});
afterEach(() => host.close());

const ITEM = "0190f0f0-0000-7000-8000-000000000001";
const event = (dispatch: number) => ({
  name: "item/dispatched" as const,
  id: `item:${ITEM}:${dispatch}`,
  data: { itemId: ITEM, dispatch },
});

const marks = () => testDb.db.execute(sql`select name from marks`);
const jobs = async () =>
  (await testDb.db.execute<{ key: string }>(sql`select key from graphile_worker.jobs`)).map(({ key }) => key);

test("events leave after the commit, with ids that are the same each time, and a delay as a time", async () => {
  const at = new Date(Date.now() + 60_000);
  const connection = {
    name: "connection/due" as const,
    id: "due:studio:1",
    at,
    data: { connection: "studio" },
  };
  await transact(async (tx, emit) => {
    await tx.execute(sql`insert into marks values ('kept')`);
    emit(event(1));
    emit(connection);
    expect(host.inngest.received).toEqual([]);
  });
  expect(host.inngest.received).toMatchObject([
    { id: `item:${ITEM}:1`, name: "item/dispatched", data: { itemId: ITEM, dispatch: 1 } },
    { id: "due:studio:1", ts: at.getTime(), data: { connection: "studio" } },
  ]);
  await transact(async (_tx, emit) => emit(event(1)));
  expect(host.inngest.received).toHaveLength(2);
  expect(await jobs()).toEqual([]);
});

test("a transaction that fails sends nothing", async () => {
  const broken = transact(async (tx, emit) => {
    await tx.execute(sql`insert into marks values ('gone')`);
    emit(event(1));
    throw new Error("it went wrong");
  });
  await expect(broken).rejects.toThrow("it went wrong");
  expect(host.inngest.received).toEqual([]);
  expect(await marks()).toHaveLength(0);
});

test("a server that is away or refuses the key takes nothing back of what was committed", async () => {
  const address = process.env.INNGEST_DEV;
  use({ INNGEST_DEV: "http://127.0.0.1:9" });
  await transact(async (tx, emit) => {
    await tx.execute(sql`insert into marks values ('kept')`);
    emit(event(2));
  });
  expect(await marks()).toHaveLength(1);
  use({ INNGEST_DEV: address });
});

test("on the embedded engine the same events are jobs of the same transaction", async () => {
  const address = process.env.INNGEST_DEV;
  use({ INNGEST_DEV: undefined });
  await transact(async (_tx, emit) => {
    emit(event(3));
    emit(event(3));
  });
  expect(await jobs()).toEqual([`item:${ITEM}:3`]);
  use({ INNGEST_DEV: address });
});
