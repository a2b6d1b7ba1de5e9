import { EventEmitter, once } from "node:events";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDb, type TestDb } from "@/db/test-db";
import { type Queue, startQueue } from "./queue";

let testDb: TestDb;
let queue: Queue;
const ran = new Set<string>();
const long = new EventEmitter();

beforeAll(async () => {
  testDb = await createTestDb();
  queue = startQueue({
    mark: async (payload) => {
      ran.add(String(payload));
      if (payload === "long") await once(long, "over");
    },
  });
});
afterAll(async () => {
  long.emit("over");
  await queue.stop();
  await testDb.close();
});

async function addJob(payload: string) {
  await testDb.db.execute(
    sql`select graphile_worker.add_job('mark', ${JSON.stringify(payload)}::json, job_key := ${payload})`,
  );
  return expect.poll(() => ran.has(payload), { timeout: 20_000 }).toBe(true);
}

test("a connection that breaks while a job is written off holds up no other job, though a long one runs", async () => {
  await addJob("long");
  await testDb.db.execute(
    sql.raw(`
    create sequence breaks;
    create function break_off() returns trigger language plpgsql as $$
    begin
      if nextval('breaks') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if;
      return old;
    end $$;
    create trigger break_off before delete on graphile_worker._private_jobs
      for each row execute function break_off()`),
  );
  await addJob("breaks");
  await expect
    .poll(async () => {
      const [row] = await testDb.db.execute<{ broken: boolean }>(sql`select is_called as broken from breaks`);
      return row?.broken;
    })
    .toBe(true);
  await addJob("first after");
  await addJob("second after");
}, 60_000);
