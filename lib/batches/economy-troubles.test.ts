import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { limits, users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { retryItems } from "@/lib/items/mutations/redo-items";
import { resumeHealed } from "@/lib/sessions/mutations/resume-healed";
import { cancelSession, resumeSession } from "@/lib/sessions/mutations/steer-session";
import { auditMoney } from "@/lib/usage/queries/audit-money";
import {
  attemptsOf,
  batchesOf,
  connectEnv,
  disconnectEnv,
  goOn,
  goOnUntil,
  look,
  startEconomy,
  statusesOf,
} from "@/scripts/testing/economy-rig";
import { newUser, sessionRow } from "@/scripts/testing/factories";
import { type FakeProvider, startFakeProvider } from "@/scripts/testing/fake-provider/start-fake-provider";
import { moveToLive } from "./mutations/move-to-live";
import { getBatches } from "./queries/get-batches";

let testDb: TestDb;
let fake: FakeProvider;

beforeAll(async () => {
  testDb = await createTestDb();
});
beforeEach(async () => {
  await fake?.close();
  fake = await startFakeProvider({ pictures: "tiny" });
  connectEnv(fake);
  await testDb.db.delete(users);
  await testDb.db.delete(limits);
});
afterAll(async () => {
  await fake.close();
  await testDb.close();
});

const billed = () => fake.imageCalls().filter(({ charged }) => charged).length;
const isSettled = async () =>
  (await testDb.db.query.batches.findMany()).every(({ state }) => state === "settled");

test("a connection that is taken away stops the session; back again, the results of its batch come in", async () => {
  const { sessionId, userId } = await startEconomy({ count: 2 });
  await goOnUntil("sent");
  disconnectEnv();
  await look();
  expect(await sessionRow(sessionId)).toMatchObject({ state: "paused", pauseReason: "connection" });
  expect((await batchesOf(sessionId))[0]?.errorWords).toMatch(/fetched once it is back/);
  connectEnv(fake);
  await resumeSession({ userId, sessionId });
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(["completed", "completed"]);
  expect(billed()).toBe(2);
});

test("a cancelled session whose connection is gone ends, with what it may have cost", async () => {
  const { sessionId, userId } = await startEconomy({ count: 2 });
  await goOnUntil("sent");
  disconnectEnv();
  await cancelSession({ userId, sessionId });
  await goOn(isSettled);
  expect(await statusesOf(sessionId)).toEqual(["cancelled", "cancelled"]);
  expect((await attemptsOf(sessionId)).map(({ charge }) => charge)).toEqual(["maybe", "maybe"]);
  expect(await auditMoney()).toEqual([]);
});

test("a batch the provider knows nothing of any more is perhaps charged", async () => {
  const { sessionId } = await startEconomy({ count: 2, settings: { whenUnknown: "ask" } });
  await goOnUntil("sent");
  fake.script({ path: "/v1/batches/*", method: "GET", fault: { kind: "string_error", status: 404 } });
  await look();
  expect(await statusesOf(sessionId)).toEqual(["running", "running"]);
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(["failed", "failed"]);
  expect((await attemptsOf(sessionId)).map(({ charge }) => charge)).toEqual(["maybe", "maybe"]);
  expect(await auditMoney()).toEqual([]);
});

test("results that can't be stored wait for the disk; nothing is made or paid for again", async () => {
  const { sessionId, userId } = await startEconomy({ count: 2 });
  const results = join(testDb.dataDir, "storage", "files", "r", userId);
  await mkdir(dirname(results), { recursive: true });
  await writeFile(results, "a file where the folder of results should be");
  await goOn(async () => (await sessionRow(sessionId)).state === "paused");
  expect(await sessionRow(sessionId)).toMatchObject({
    state: "paused",
    pauseReason: "storage",
    failedCount: 0,
  });
  await rm(results);
  await resumeHealed();
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(["completed", "completed"]);
  expect(billed()).toBe(2);
  expect(await auditMoney()).toEqual([]);
});

test("an account that is empty by the second line stops the session; the first result is kept", async () => {
  fake.script({ promptIncludes: "second", fault: "quota", times: 1 });
  const { sessionId, userId } = await startEconomy({ count: 2, prompts: ["first", "second"] });
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(["completed", "queued"]);
  expect(await sessionRow(sessionId)).toMatchObject({
    state: "paused",
    pauseReason: "quota_exhausted",
    reserved: 0,
  });
  await resumeSession({ userId, sessionId });
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(["completed", "completed"]);
  expect(await auditMoney()).toEqual([]);
});

test("an answer that is no picture is perhaps charged and asked for once more", async () => {
  fake.script({ promptIncludes: "first", fault: "no_data", times: 1 });
  const { sessionId } = await startEconomy({ count: 2, prompts: ["first", "second"] });
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(["completed", "completed"]);
  expect((await attemptsOf(sessionId)).map(({ charge, outcome }) => [outcome, charge])).toEqual([
    ["lost", "maybe"],
    ["completed", "charged"],
    ["completed", "charged"],
  ]);
  expect(await auditMoney()).toEqual([]);
});

test("what failed in a batch is retried in the next one", async () => {
  fake.script({ promptIncludes: "blue", fault: "blocked", times: 1 });
  const { sessionId, userId } = await startEconomy({ count: 1 });
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(["blocked"]);
  await retryItems({ userId, sessionId, itemIds: "failed" });
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(["completed"]);
  expect(fake.batches()).toHaveLength(2);
});

test("a stop that does not reach for one image at the full price keeps the session in its lane", async () => {
  const probe = await startEconomy({ count: 1 });
  const { worstPrice } = await sessionRow(probe.sessionId);
  await goOn();
  const { sessionId, userId } = await startEconomy({ count: 1, budget: worstPrice + 10 });
  const price = (await getBatches({ sessionId, userId }))?.price;
  expect(price?.max).toBeGreaterThanOrEqual(2 * worstPrice - 1);
  expect(await moveToLive({ userId, sessionId, itemIds: "all" })).toMatchObject({
    ok: false,
    reason: "budget",
  });
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(["completed"]);
  expect((await attemptsOf(sessionId))[0]?.batchId).not.toBeNull();
});

test("nobody else sees or moves a session's batches", async () => {
  const { sessionId } = await startEconomy({ count: 1 });
  const { id: userId } = await newUser();
  expect(await moveToLive({ userId, sessionId, itemIds: "all" })).toMatchObject({
    ok: false,
    reason: "not_found",
  });
  expect(await getBatches({ sessionId, userId })).toBeNull();
  expect((await testDb.db.query.items.findMany()).map(({ lane }) => lane)).toEqual(["economy"]);
});
