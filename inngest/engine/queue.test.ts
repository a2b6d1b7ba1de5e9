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
      if (payload === "fails") throw new Error("it was told to");
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
  return expect.poll(() => ran.has(payload)).toBe(true);
}

/** The next such write to a job ends its own connection, once. */
async function breakNext(write: string): Promise<void> {
  await testDb.db.execute(
    sql.raw(`
    drop sequence if exists breaks cascade;
    create sequence breaks;
    create or replace function break_off() returns trigger language plpgsql as $$
    begin
      if nextval('breaks') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if;
      return coalesce(new, old);
    end $$;
    drop trigger if exists break_off on graphile_worker._private_jobs;
    create trigger break_off before ${write} execute function break_off()`),
  );
}

function broken() {
  return expect
    .poll(async () => {
      const [row] = await testDb.db.execute<{ broken: boolean }>(sql`select is_called as broken from breaks`);
      return row?.broken;
    })
    .toBe(true);
}

test("a connection that breaks while a job is written off holds up no other job, though a long one runs", async () => {
  await addJob("long");
  await breakNext("delete on graphile_worker._private_jobs for each row");
  await addJob("breaks");
  await broken();
  await addJob("first after");
  await addJob("second after");
});

test("a connection that breaks while a failed job is written off ends no process", async () => {
  await breakNext(
    "update on graphile_worker._private_jobs for each row when (new.last_error is distinct from old.last_error)",
  );
  await addJob("fails");
  await broken();
  await addJob("after a failure");
});
