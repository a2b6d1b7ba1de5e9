import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { limits } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { newDraft, newUser } from "@/scripts/testing/factories";
import { listReadyConnections } from "../queries/list-ready-connections";
import { dispatch } from "./dispatch";

let testDb: TestDb;

beforeAll(async () => {
  testDb = await createTestDb();
});
beforeEach(() => testDb.db.execute(sql`truncate users, limits, graphile_worker._private_jobs cascade`));
afterAll(() => testDb.close());

/** A session of `count` items on a connection, in a state that was not led there. */
async function session({
  connection,
  count = 3,
  state = "running",
  items = "'queued', null, true",
}: {
  connection: string;
  count?: number;
  state?: string;
  /** status, due_at and ready of all of them, as SQL. */
  items?: string;
}): Promise<string> {
  const { id: userId } = await newUser();
  const { id } = await newDraft({ userId, count });
  await testDb.db.execute(sql`
    insert into steps (owner_id, session_id, position) select ${userId}::uuid, ${id}::uuid, 1
    where not exists (select 1 from steps where session_id = ${id})`);
  await testDb.db.execute(sql`
    insert into items (owner_id, session_id, input_id, step_id, position, connection, status, due_at, ready)
    select i.owner_id, i.session_id, i.id, st.id, i.position, ${connection}, ${sql.raw(items)}
    from inputs i join steps st on st.session_id = i.session_id where i.session_id = ${id}`);
  await testDb.db.execute(sql`
    update sessions set state = ${state},
      queued_count = (select count(*) from items where session_id = ${id} and status = 'queued'),
      waiting_count = (select count(*) from items where session_id = ${id} and status = 'waiting')
    where id = ${id}`);
  return id;
}

const due = (minutes: number) => `'waiting', now() - interval '${minutes} minutes', true`;

async function running(): Promise<string[]> {
  const rows = await testDb.db.execute<{ session_id: string }>(sql`
    select session_id from items where status = 'running' order by session_id`);
  return rows.map(({ session_id }) => session_id);
}

test("a connection is ready if one of its sessions runs and has an item that is queued or waits, whatever lies before", async () => {
  for (const connection of ["a", "b", "c"])
    for (const state of ["paused", "finished", "running", "running"]) await session({ connection, state });
  await session({ connection: "d", state: "paused" });
  await session({ connection: "e", items: due(-60) });
  await session({ connection: "f", items: "'queued', null, false" });
  await session({ connection: "g", items: "'completed', null, true" });
  const deleted = await session({ connection: "h" });
  await testDb.db.execute(sql`update sessions set deleted_at = now() where id = ${deleted}`);
  const one = await session({ connection: "i" });
  expect((await listReadyConnections()).toSorted()).toEqual(["a", "b", "c", "e", "i"]);
  expect(await listReadyConnections({ sessionId: one })).toEqual(["i"]);
  expect(await listReadyConnections({ sessionId: deleted })).toEqual([]);
});

test("due items of paused sessions, and of other connections, do not stand before those of a running one", async () => {
  await testDb.db.insert(limits).values({ connection: "a", inFlight: 4 });
  await session({ connection: "a", state: "paused", count: 20, items: due(60) });
  await session({ connection: "b", count: 20, items: due(60) });
  const sessionId = await session({ connection: "a", count: 6, items: due(1) });
  expect(await dispatch("a")).toBe(4);
  expect(await running()).toEqual([sessionId, sessionId, sessionId, sessionId]);
});

test("every session of a connection gets its share, be its items queued or due", async () => {
  await testDb.db.insert(limits).values({ connection: "a", inFlight: 6 });
  const ids = [
    await session({ connection: "a", count: 9 }),
    await session({ connection: "a", count: 9, items: due(60) }),
    await session({ connection: "a", count: 2, items: due(1) }),
  ];
  expect(await dispatch("a")).toBe(6);
  expect(await running()).toEqual(ids.flatMap((id) => [id, id]).toSorted());
});

test("a connection with nothing due is woken when the first item of a running session is", async () => {
  await testDb.db.insert(limits).values({ connection: "a", inFlight: 4 });
  await session({ connection: "a", state: "paused", items: due(-1) });
  await session({ connection: "a", items: due(-30) });
  await session({ connection: "a", items: due(-20) });
  expect(await dispatch("a")).toBe(0);
  const [job] = await testDb.db.execute<{ minutes: number }>(sql`
    select (extract(epoch from run_at - now()) / 60)::float8 as minutes from graphile_worker.jobs
    where task_identifier = 'connection/due'`);
  expect(job?.minutes).toBeGreaterThan(10);
  expect(job?.minutes).toBeLessThan(20.1);
});
