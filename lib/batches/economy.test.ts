import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { batches, items, limits, sessions, users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { deleteSession, restoreSession } from "@/lib/sessions/mutations/delete-session";
import { setBudget } from "@/lib/sessions/mutations/set-budget";
import { cancelSession, pauseSession, resumeSession } from "@/lib/sessions/mutations/steer-session";
import { getEstimate } from "@/lib/sessions/queries/get-estimate";
import { auditMoney } from "@/lib/usage/queries/audit-money";
import {
  attemptsOf,
  batchesOf,
  connectEnv,
  goOn,
  goOnUntil,
  look,
  startEconomy,
  statusesOf,
} from "@/scripts/testing/economy-rig";
import { newDraft, sessionRow } from "@/scripts/testing/factories";
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

/** Calls the provider made and billed, by the attempt they were for. */
function billed() {
  return fake.imageCalls().filter(({ charged }) => charged);
}

/** What must hold whatever happened: sums add up, counts are right, nothing is paid for twice under one id. */
async function expectWhole(sessionId: string) {
  expect(await auditMoney()).toEqual([]);
  const ids = billed().map(({ clientRequestId }) => clientRequestId);
  expect(new Set(ids).size).toBe(ids.length);
  const row = await sessionRow(sessionId);
  const counted = await testDb.db.execute<{ status: string; n: number }>(
    sql`select status, count(*)::int as n from items where session_id = ${sessionId} group by 1`,
  );
  const {
    queuedCount,
    runningCount,
    waitingCount,
    completedCount,
    failedCount,
    blockedCount,
    cancelledCount,
  } = row;
  expect({
    queuedCount,
    runningCount,
    waitingCount,
    completedCount,
    failedCount,
    blockedCount,
    cancelledCount,
  }).toEqual(
    Object.fromEntries(
      ["queued", "running", "waiting", "completed", "failed", "blocked", "cancelled"].map((status) => [
        `${status}Count`,
        counted.find((one) => one.status === status)?.n ?? 0,
      ]),
    ),
  );
}

test("a session goes in one batch, with its picture sent once, at half the price of the live lane", async () => {
  const { sessionId, userId } = await startEconomy({ count: 3 });
  await goOn();
  expect(await statusesOf(sessionId)).toEqual(["completed", "completed", "completed"]);
  expect(fake.files().filter(({ purpose }) => purpose === "vision")).toHaveLength(1);
  expect(fake.batches()).toMatchObject([{ status: "completed", endpoint: "/v1/images/edits" }]);
  expect(billed()).toHaveLength(3);
  const tries = await attemptsOf(sessionId);
  const [call] = billed();
  const { text = 0, image = 0, output = 0 } = call?.tokens ?? {};
  const half = Math.ceil((text * 5 + image * 8 + output * 30) / 2);
  expect(tries).toMatchObject(Array(3).fill({ outcome: "completed", charge: "charged", cost: half }));
  const row = await sessionRow(sessionId);
  expect(row).toMatchObject({ state: "finished", spend: 3 * half, reserved: 0, workMs: 0 });
  const live = await newDraft({
    userId,
    model: "gpt-image-2.5-flare",
    settings: { ...row.settings, lane: "live" },
  });
  const economy = await newDraft({ userId, model: "gpt-image-2.5-flare", settings: row.settings });
  const [full, cheap] = await Promise.all([
    getEstimate({ sessionId: live.id, userId }),
    getEstimate({ sessionId: economy.id, userId }),
  ]);
  expect(cheap?.each.max).toBe(Math.ceil((full?.each.max ?? 0) / 2));
  await expectWhole(sessionId);
});

describe("lines that are not made", () => {
  test("each ends as its own refusal says, and what may heal goes into the next batch", async () => {
    fake.script(
      { promptIncludes: "rude", fault: "blocked" },
      { promptIncludes: "broken", fault: "bad_request" },
      { promptIncludes: "busy", fault: "overloaded", times: 1 },
    );
    const { sessionId } = await startEconomy({ count: 4, prompts: ["rude", "broken", "busy", "fine"] });
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(["blocked", "failed", "completed", "completed"]);
    expect(fake.batches().map(({ counts }) => counts.total)).toEqual([4, 1]);
    expect((await attemptsOf(sessionId)).map(({ outcome, charge }) => [outcome, charge])).toEqual([
      ["blocked", "none"],
      ["failed", "none"],
      ["cancelled", "none"],
      ["completed", "charged"],
      ["completed", "charged"],
    ]);
    await expectWhole(sessionId);
  });

  test.each([
    ["expired", true],
    ["expired", false],
    ["cancelled", false],
  ] as const)("a batch that is %s after 2 of 5 (the rest named: %s) keeps the 2", async (end, tellUnmade) => {
    fake.planBatches({ end, lines: 2, tellUnmade });
    const { sessionId } = await startEconomy({ count: 5 });
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(Array(5).fill("completed"));
    expect(fake.batches().map(({ counts }) => counts.total)).toEqual([5, 3]);
    expect(billed()).toHaveLength(5);
    expect((await sessionRow(sessionId)).maybeSpend).toBe(0);
    await expectWhole(sessionId);
  });

  test("an image that six batches come back without fails, and says what to do", async () => {
    fake.planBatches(...Array(8).fill({ end: "expired", lines: 0 }));
    const { sessionId } = await startEconomy({ count: 1 });
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(["failed"]);
    expect((await attemptsOf(sessionId)).at(-1)?.errorWords).toMatch(
      /6 batches came back without it\. Move it/,
    );
    expect(billed()).toHaveLength(0);
    await expectWhole(sessionId);
  });
});

describe("a batch that is refused", () => {
  test("of a model without batches: the session waits, nothing is charged, and goes on live when told", async () => {
    fake.control({ batchModels: ["gpt-image-2"] });
    const { sessionId, userId } = await startEconomy({ count: 2 });
    await goOn();
    expect(await sessionRow(sessionId)).toMatchObject({
      state: "paused",
      pauseReason: "economy",
      spend: 0,
      reserved: 0,
    });
    expect((await getBatches({ sessionId, userId }))?.batches).toMatchObject([
      { state: "settled", words: expect.stringContaining("makes no batches of this model") },
    ]);
    const { worstPrice } = await sessionRow(sessionId);
    expect(await moveToLive({ userId, sessionId, itemIds: "all" })).toEqual({
      ok: true,
      value: { moved: 2, leaving: 0 },
    });
    const moved = await sessionRow(sessionId);
    expect(moved.worstPrice).toBeGreaterThanOrEqual(2 * worstPrice - 1);
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(["completed", "completed"]);
    expect(
      fake.imageCalls().every(({ clientRequestId, bodyKind }) => clientRequestId && bodyKind === "form"),
    ).toBe(true);
    await expectWhole(sessionId);
  });

  test("because the account is full: it is left alone for a while, then tried again by itself", async () => {
    fake.planBatches({
      end: "failed",
      code: "token_limit_exceeded",
      message: "Enqueued token limit reached",
    });
    const { sessionId, userId } = await startEconomy({ count: 2 });
    await goOnUntil("settled");
    expect(await sessionRow(sessionId)).toMatchObject({ state: "running", spend: 0, queuedCount: 2 });
    await goOn(async () => true);
    expect(fake.batches()).toHaveLength(1);
    expect((await getBatches({ sessionId, userId }))?.batches).toMatchObject([
      { state: "settled", words: expect.stringContaining("tried again in 15 minutes") },
    ]);
    await testDb.db.update(batches).set({ holdUntil: null });
    await goOnUntil("sent");
    expect((await getBatches({ sessionId, userId }))?.batches).toMatchObject([
      { state: "sent", words: null },
    ]);
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(["completed", "completed"]);
    await expectWhole(sessionId);
  });

  test("when it is ordered, for a key that is wrong: the session waits for another key", async () => {
    fake.script({ path: "/v1/batches", method: "POST", times: 1, fault: "invalid_key" });
    const { sessionId, userId } = await startEconomy({ count: 2 });
    await goOn();
    expect(await sessionRow(sessionId)).toMatchObject({ state: "paused", pauseReason: "auth", reserved: 0 });
    expect(await attemptsOf(sessionId)).toEqual([]);
    await resumeSession({ userId, sessionId });
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(["completed", "completed"]);
    await expectWhole(sessionId);
  });

  test("while its images are sent: the same again later, without sending one twice", async () => {
    fake.script(
      { path: "/v1/files", method: "POST", nth: 1, fault: "overloaded" },
      { path: "/v1/batches", method: "POST", times: 2, fault: "rate_limited" },
    );
    const { sessionId } = await startEconomy({ count: 2 });
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(["completed", "completed"]);
    expect(fake.files().filter(({ purpose }) => purpose === "vision")).toHaveLength(1);
    expect(fake.batches()).toHaveLength(1);
    await expectWhole(sessionId);
  });
});

describe("an order whose answer gets lost", () => {
  test("is found among the provider's batches and not given again", async () => {
    fake.script({ path: "/v1/batches", method: "POST", times: 1, fault: "close_before_headers" });
    const { sessionId } = await startEconomy({ count: 2 });
    await goOn();
    expect(fake.batches()).toHaveLength(1);
    expect(billed()).toHaveLength(2);
    expect(await statusesOf(sessionId)).toEqual(["completed", "completed"]);
    await expectWhole(sessionId);
  });

  test("that never arrived is looked for for 10 minutes, then its file is removed and the images go again", async () => {
    fake.script({ path: "/v1/batches", method: "POST", times: 1, fault: "bad_gateway_html" });
    const { sessionId } = await startEconomy({ count: 2 });
    await goOnUntil("creating");
    await look();
    const [waiting] = await batchesOf(sessionId);
    expect(waiting).toMatchObject({ state: "creating" });
    expect(fake.batches()).toHaveLength(0);
    await testDb.db.execute(sql`update batches set creating_at = now() - interval '11 minutes'`);
    await goOn();
    expect(fake.files().some(({ id }) => id === waiting?.inputFileId)).toBe(false);
    expect(fake.batches()).toHaveLength(1);
    expect(await statusesOf(sessionId)).toEqual(["completed", "completed"]);
    expect((await sessionRow(sessionId)).maybeSpend).toBe(0);
    await expectWhole(sessionId);
  });
});

describe("files of results", () => {
  test("in any order, with a line twice and lines of garbage, give every image its own", async () => {
    fake.planBatches({ shuffled: true, twice: true, garbage: true });
    const { sessionId } = await startEconomy({ count: 4, prompts: ["one", "two", "three", "four"] });
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(Array(4).fill("completed"));
    const tries = await attemptsOf(sessionId);
    expect(tries.map(({ requestId }) => requestId)).toEqual(
      tries.map(({ id }) => billed().find(({ clientRequestId }) => clientRequestId === id)?.requestId),
    );
    await expectWhole(sessionId);
  });

  test("that break off are read again; what was stored is not stored twice", async () => {
    fake.script({ path: "/v1/files/*/content", times: 2, fault: "reset_mid_body" });
    const { sessionId } = await startEconomy({ count: 3 });
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(Array(3).fill("completed"));
    expect(await attemptsOf(sessionId)).toHaveLength(3);
    expect(billed()).toHaveLength(3);
    await expectWhole(sessionId);
  });

  test.each([
    ["repeat", "completed", 3],
    ["ask", "failed", 2],
  ] as const)(
    "that lack an answer the provider billed: perhaps charged, then %s",
    async (whenUnknown, status, calls) => {
      fake.planBatches({ swallowed: 1 });
      const { sessionId } = await startEconomy({ count: 2, settings: { whenUnknown } });
      await goOn();
      expect((await statusesOf(sessionId)).toSorted()).toEqual(["completed", status].toSorted());
      expect(billed()).toHaveLength(calls);
      expect((await attemptsOf(sessionId)).filter(({ charge }) => charge === "maybe")).toHaveLength(1);
      expect((await sessionRow(sessionId)).maybeSpend).toBeGreaterThan(0);
      await expectWhole(sessionId);
    },
  );

  test("that are named late are waited for", async () => {
    fake.planBatches({ late: 2 });
    const { sessionId } = await startEconomy({ count: 2 });
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(["completed", "completed"]);
    expect(billed()).toHaveLength(2);
    await expectWhole(sessionId);
  });

  test("that are gone from the provider: all of it is perhaps charged", async () => {
    const { sessionId } = await startEconomy({ count: 2, settings: { whenUnknown: "ask" } });
    fake.script({ path: "/v1/files/*/content", fault: { kind: "string_error", status: 404 } });
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(["failed", "failed"]);
    expect((await attemptsOf(sessionId)).map(({ charge }) => charge)).toEqual(["maybe", "maybe"]);
    await expectWhole(sessionId);
  });
});

describe("steering", () => {
  test("a stop bounds what goes into a batch; raised, the rest goes into the next", async () => {
    const probe = await startEconomy({ count: 1 });
    const { worstPrice } = await sessionRow(probe.sessionId);
    await goOn();
    const { sessionId, userId } = await startEconomy({ count: 5, budget: 2 * worstPrice + 10 });
    await goOnUntil("sent");
    expect((await batchesOf(sessionId)).map(({ lines }) => lines)).toEqual([2]);
    await goOn();
    const row = await sessionRow(sessionId);
    expect(row.state).toBe("paused");
    expect(row.spend).toBeLessThanOrEqual(2 * worstPrice + 10);
    await setBudget({ userId, sessionId, budget: null });
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(Array(5).fill("completed"));
    await expectWhole(sessionId);
  });

  test("a pause sends nothing new, and what was sent goes on", async () => {
    fake.planBatches({ end: "stays", lines: 0 });
    const { sessionId, userId } = await startEconomy({ count: 2 });
    await goOnUntil("sent");
    await pauseSession({ userId, sessionId });
    const [batch] = fake.batches();
    fake.replan(batch?.id ?? "", { end: "completed", lines: undefined });
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(["completed", "completed"]);
    await expectWhole(sessionId);
  });

  test("a pause before the order takes everything back, and nothing was an attempt", async () => {
    fake.script({ path: "/v1/batches", method: "POST", times: 1, fault: "rate_limited" });
    const { sessionId, userId } = await startEconomy({ count: 2 });
    await goOnUntil("uploaded");
    await pauseSession({ userId, sessionId });
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(["queued", "queued"]);
    expect(await attemptsOf(sessionId)).toEqual([]);
    expect(fake.batches()).toHaveLength(0);
    expect((await sessionRow(sessionId)).reserved).toBe(0);
    await expectWhole(sessionId);
  });

  test("a cancel cancels at the provider; what it had made is kept and paid for", async () => {
    fake.planBatches({ end: "stays", lines: 2 });
    const { sessionId, userId } = await startEconomy({ count: 4 });
    await goOnUntil("sent");
    await expect.poll(() => fake.batches()[0]?.counts.completed).toBe(2);
    await cancelSession({ userId, sessionId });
    await goOn();
    expect(fake.batches()).toMatchObject([{ status: "cancelled" }]);
    expect(await statusesOf(sessionId)).toEqual(["completed", "completed", "cancelled", "cancelled"]);
    expect(await sessionRow(sessionId)).toMatchObject({ state: "cancelled", reserved: 0, runningCount: 0 });
    expect(billed()).toHaveLength(2);
    await expectWhole(sessionId);
  });

  test("a deleted session is cancelled at the provider; restored, it goes on with what is missing", async () => {
    fake.planBatches({ end: "stays", lines: 1 });
    const { sessionId, userId } = await startEconomy({ count: 3 });
    await goOnUntil("sent");
    await expect.poll(() => fake.batches()[0]?.counts.completed).toBe(1);
    await deleteSession({ userId, sessionId });
    await goOn();
    expect(fake.batches()).toMatchObject([{ status: "cancelled" }]);
    await restoreSession({ userId, sessionId });
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(Array(3).fill("completed"));
    expect(billed()).toHaveLength(3);
    await expectWhole(sessionId);
  });

  test("one image moves to the live lane out of a batch under way: what is made is not made again", async () => {
    fake.planBatches({ end: "stays", lines: 1 });
    const { sessionId, userId } = await startEconomy({ count: 3 });
    await goOnUntil("sent");
    await expect.poll(() => fake.batches()[0]?.counts.completed).toBe(1);
    const [, second] = await testDb.db.select({ id: items.id }).from(items).orderBy(items.position);
    const moved = await moveToLive({ userId, sessionId, itemIds: [second?.id ?? ""] });
    expect(moved).toEqual({ ok: true, value: { moved: 0, leaving: 1 } });
    await goOn();
    expect(await statusesOf(sessionId)).toEqual(Array(3).fill("completed"));
    expect(fake.batches().map(({ counts, status }) => [status, counts.completed])).toEqual([
      ["cancelled", 1],
      ["completed", 1],
    ]);
    expect(billed()).toHaveLength(3);
    const tries = (await attemptsOf(sessionId)).filter(({ outcome }) => outcome === "completed");
    expect(tries.map(({ batchId }) => batchId === null)).toEqual([false, true, false]);
    const [first, live] = tries;
    expect(live?.reserved).toBeGreaterThanOrEqual(2 * (first?.reserved ?? 0) - 1);
    await expectWhole(sessionId);
  });

  test("what was made before is used again and goes into no batch", async () => {
    const { sessionId, userId } = await startEconomy({ count: 1, settings: { reuse: true } });
    await goOn();
    const again = await startEconomy({ count: 1, userId, settings: { reuse: true } });
    await goOn();
    expect(await statusesOf(again.sessionId)).toEqual(["reused"]);
    expect(fake.batches()).toHaveLength(1);
    await expectWhole(sessionId);
  });

  test("two people's sessions take turns; each batch is of one session", async () => {
    const one = await startEconomy({ count: 2 });
    const other = await startEconomy({ count: 2 });
    await goOn();
    expect(await batchesOf(one.sessionId)).toHaveLength(1);
    expect(await batchesOf(other.sessionId)).toHaveLength(1);
    expect(await testDb.db.select().from(sessions)).toMatchObject([
      { state: "finished" },
      { state: "finished" },
    ]);
    await expectWhole(one.sessionId);
  });
});
