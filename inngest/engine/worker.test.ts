import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDb, type TestDb } from "@/db/test-db";
import { unlockOrphanedJobs } from "@/lib/limits/mutations";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { connectEnv, disconnectEnv, startEconomy } from "@/scripts/testing/economy-rig";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { startFakeProvider } from "@/scripts/testing/fake-provider/start-fake-provider";
import { registerEchoModel } from "@/scripts/testing/models";
import { functions } from "..";
import { startWorker, type Worker } from "./worker";

let testDb: TestDb;
let worker: Worker;

beforeAll(async () => {
  testDb = await createTestDb();
  registerEchoModel();
  worker = await startWorker(functions);
});

afterAll(async () => {
  await worker.stop();
  await testDb.close();
});

test("a started session runs to its end by itself", async () => {
  const user = await newUser();
  const draft = await newDraft({ userId: user.id, count: 12 });
  const started = await startSession({ userId: user.id, sessionId: draft.id });
  expect(started).toMatchObject({ ok: true, value: { items: 12 } });
  await expect.poll(async () => (await sessionRow(draft.id)).state).toBe("finished");
  expect(await sessionRow(draft.id)).toMatchObject({
    completedCount: 12,
    queuedCount: 0,
    runningCount: 0,
    failedCount: 0,
  });
});

test("a session of the economy lane runs to its end by itself, though its first order got lost", async () => {
  const fake = await startFakeProvider({ pictures: "tiny" });
  connectEnv(fake);
  fake.script({ path: "/v1/batches", method: "POST", times: 1, fault: "close_before_headers" });
  const { sessionId } = await startEconomy({ count: 3 });
  await expect.poll(async () => (await sessionRow(sessionId)).state).toBe("finished");
  expect(await sessionRow(sessionId)).toMatchObject({ completedCount: 3, reserved: 0, maybeSpend: 0 });
  expect(fake.batches()).toHaveLength(1);
  await fake.close();
  disconnectEnv();
});

test("a storage that cannot be written pauses the session with the reason, and it goes on when healed", async () => {
  const user = await newUser();
  const draft = await newDraft({ userId: user.id, count: 3 });
  const results = join(testDb.dataDir, "storage", "files", "r", user.id);
  await mkdir(dirname(results), { recursive: true });
  await writeFile(results, "a file where the folder of results should be");
  await startSession({ userId: user.id, sessionId: draft.id });
  await expect.poll(async () => (await sessionRow(draft.id)).pauseReason).toBe("storage");
  expect(await sessionRow(draft.id)).toMatchObject({ failedCount: 0, completedCount: 0 });
  await rm(results);
  await expect.poll(async () => (await sessionRow(draft.id)).state).toBe("finished");
  expect((await sessionRow(draft.id)).completedCount).toBe(3);
});

test("a job of a worker that died before anyone knew its pool is taken up again; one of a living pool is not", async () => {
  const pools = () =>
    testDb.db.execute<{ pool: string }>(sql`select unnest(pool_ids) as pool from workers limit 1`);
  await expect.poll(async () => (await pools()).length).toBe(1);
  const [living] = await pools();
  await testDb.db.execute(sql`
    select graphile_worker.add_job('nothing that is handled', job_key := key, run_at := now() + interval '1 hour')
    from unnest(array['orphaned', 'held']) key`);
  await testDb.db.execute(sql`
    update graphile_worker._private_jobs set locked_at = now() - interval '1 minute',
      locked_by = case key when 'orphaned' then 'pool-of-nobody' else ${living?.pool ?? ""} end
    where key in ('orphaned', 'held')`);
  await unlockOrphanedJobs();
  const jobs = await testDb.db.execute(sql`
    select key, locked_by is not null as locked from graphile_worker.jobs where key in ('orphaned', 'held') order by 1`);
  expect([...jobs]).toEqual([
    { key: "held", locked: true },
    { key: "orphaned", locked: false },
  ]);
});
