import { randomUUID } from "node:crypto";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attempts, images, items, sessions } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { deleteSession } from "@/lib/sessions/mutations/delete-session";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { newDraft, newUser } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";
import { runItem } from "./run-item";
import { sweep } from "./sweep";

let testDb: TestDb;

beforeAll(async () => {
  testDb = await createTestDb();
  registerEchoModel();
});
afterAll(async () => {
  await testDb.close();
});

const step = { run: <T>(_id: string, work: () => Promise<T>) => work() };
const runSweep = () => sweep.handle(null, { step, runId: randomUUID() });

async function storedFiles() {
  const entries = await readdir(join(testDb.dataDir, "storage", "files"), {
    recursive: true,
    withFileTypes: true,
  });
  return entries.filter((entry) => entry.isFile()).length;
}

async function finishedSession() {
  const user = await newUser();
  const draft = await newDraft({ userId: user.id, count: 1 });
  await startSession({ userId: user.id, sessionId: draft.id });
  const [item] = await testDb.db.select().from(items).where(eq(items.sessionId, draft.id));
  if (!item) throw new Error("no item");
  await runItem.handle({ itemId: item.id, dispatch: item.dispatch }, { step, runId: randomUUID() });
  return { userId: user.id, sessionId: draft.id };
}

test("a session in the trash goes after 30 days, with its rows and bytes; others keep theirs", async () => {
  const kept = await finishedSession();
  const keptFiles = await storedFiles();
  const gone = await finishedSession();
  expect(await storedFiles()).toBeGreaterThan(keptFiles);
  await deleteSession(gone);
  await testDb.db.execute(sql`update images set created_at = now() - interval '2 hours'`);

  await runSweep();
  expect(await testDb.db.select().from(sessions).where(eq(sessions.id, gone.sessionId))).toHaveLength(1);

  await testDb.db.execute(
    sql`update sessions set deleted_at = now() - interval '31 days' where id = ${gone.sessionId}`,
  );
  await runSweep();
  expect(await testDb.db.select().from(sessions).where(eq(sessions.id, gone.sessionId))).toHaveLength(0);
  expect(await testDb.db.select().from(attempts).where(eq(attempts.ownerId, gone.userId))).toHaveLength(0);
  expect(await testDb.db.select().from(images).where(eq(images.ownerId, gone.userId))).toHaveLength(0);
  expect(await storedFiles()).toBe(keptFiles);
  expect(await testDb.db.select().from(images).where(eq(images.ownerId, kept.userId))).not.toHaveLength(0);
});

test("leftovers of killed processes go after an hour, fresh ones stay", async () => {
  const work = join(testDb.dataDir, "work");
  const temp = join(testDb.dataDir, "storage", "tmp");
  for (const folder of [work, temp]) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "old"), "x");
    await writeFile(join(folder, "fresh"), "x");
    const longAgo = new Date(Date.now() - 7_200_000);
    await utimes(join(folder, "old"), longAgo, longAgo);
  }
  await runSweep();
  expect(await readdir(work)).toEqual(["fresh"]);
  expect(await readdir(temp)).toEqual(["fresh"]);
});
