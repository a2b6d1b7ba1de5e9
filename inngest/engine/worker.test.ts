import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDb, type TestDb } from "@/db/test-db";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
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
  await expect.poll(async () => (await sessionRow(draft.id)).state, { timeout: 20_000 }).toBe("finished");
  expect(await sessionRow(draft.id)).toMatchObject({
    completedCount: 12,
    queuedCount: 0,
    runningCount: 0,
    failedCount: 0,
  });
});

test("a storage that cannot be written pauses the session with the reason, and it goes on when healed", async () => {
  const user = await newUser();
  const draft = await newDraft({ userId: user.id, count: 3 });
  const results = join(testDb.dataDir, "storage", "files", "r", user.id);
  await mkdir(dirname(results), { recursive: true });
  await writeFile(results, "a file where the folder of results should be");
  await startSession({ userId: user.id, sessionId: draft.id });
  await expect
    .poll(async () => (await sessionRow(draft.id)).pauseReason, { timeout: 20_000 })
    .toBe("storage");
  expect(await sessionRow(draft.id)).toMatchObject({ failedCount: 0, completedCount: 0 });
  await rm(results);
  await expect.poll(async () => (await sessionRow(draft.id)).state, { timeout: 40_000 }).toBe("finished");
  expect((await sessionRow(draft.id)).completedCount).toBe(3);
}, 70_000);
