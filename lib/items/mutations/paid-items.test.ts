import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { attempts, items, limits, months, users } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { runItem } from "@/inngest/functions/run-item";
import { turnOf } from "@/lib/limits/pace";
import { readLimit, readTurns } from "@/lib/limits/queries";
import { pauseUnaffordable } from "@/lib/sessions/mutations/pause-unaffordable";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { resumeSession } from "@/lib/sessions/mutations/steer-session";
import type { SessionSettings } from "@/lib/sessions/types";
import { auditMoney } from "@/lib/usage/queries/audit-money";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { PAID_PRICE, type PaidAnswer, registerPaidModel } from "@/scripts/testing/models";
import { makeResult } from "../make-result";
import { beginAttempt } from "./begin-attempt";
import { dispatch } from "./dispatch";
import { regenerateItems, retryItems } from "./redo-items";
import { releaseLeases } from "./release-leases";
import { claimSend, markReceived } from "./send-attempt";

let testDb: TestDb;
const { calls, script } = registerPaidModel();

beforeAll(async () => {
  testDb = await createTestDb();
});
beforeEach(async () => {
  calls.length = 0;
  script.length = 0;
  await testDb.db.delete(limits);
  await testDb.db.insert(limits).values({ connection: "paid", inFlight: 64 });
});
afterAll(async () => {
  await testDb.close();
});

type Wanted = {
  count?: number;
  userId?: string;
  budget?: number;
  settings?: Partial<SessionSettings>;
  answers?: PaidAnswer[];
};

async function started({ count = 1, budget, settings, answers = [], ...wanted }: Wanted = {}) {
  script.push(...answers);
  const userId = wanted.userId ?? (await newUser()).id;
  const draft = await newDraft({
    userId,
    count,
    model: "paid",
    budget: budget ?? null,
    settings: { reuse: false, ...settings },
  });
  const result = await startSession({ userId, sessionId: draft.id });
  if (!result.ok) throw new Error(result.words);
  return { userId, sessionId: draft.id };
}

const step = { run: <T>(_id: string, work: () => Promise<T>) => work() };

function listRunning(sessionId: string) {
  return testDb.db
    .select({ itemId: items.id, dispatch: items.dispatch })
    .from(items)
    .where(sql`session_id = ${sessionId} and status = 'running' order by position`);
}

/** Runs what is handed out until nothing is; what waits for a time is made due. */
async function runAll(sessionId: string, atOnce = 1) {
  for (let round = 0; round < 60; round += 1) {
    await testDb.db.execute(
      sql`update items set due_at = now() where session_id = ${sessionId} and status = 'waiting'`,
    );
    await testDb.db.update(limits).set({ blockedUntil: null });
    await dispatch("paid");
    const running = await listRunning(sessionId);
    if (running.length === 0) return;
    await Promise.all(
      running.slice(0, atOnce).map((data) => runItem.handle(data, { step, runId: randomUUID() })),
    );
  }
  throw new Error("it does not end");
}

function attemptsOf(sessionId: string) {
  return testDb.db
    .select({ attempt: attempts })
    .from(attempts)
    .innerJoin(items, eq(items.id, attempts.itemId))
    .where(eq(items.sessionId, sessionId))
    .orderBy(items.position, attempts.number)
    .then((rows) => rows.map(({ attempt }) => attempt));
}

async function statuses(sessionId: string) {
  const rows = await testDb.db
    .select({ status: items.status })
    .from(items)
    .where(eq(items.sessionId, sessionId))
    .orderBy(items.position);
  return rows.map(({ status }) => status);
}

test("a call holds its worst price, then is charged what it cost", async () => {
  const { userId, sessionId } = await started({ count: 3 });
  await runAll(sessionId);
  expect(await sessionRow(sessionId)).toMatchObject({
    state: "finished",
    spend: 3 * PAID_PRICE.min,
    maybeSpend: 0,
    reserved: 0,
  });
  expect(await attemptsOf(sessionId)).toMatchObject(
    Array(3).fill({ charge: "charged", cost: PAID_PRICE.min, reserved: PAID_PRICE.max }),
  );
  expect(await testDb.db.select().from(months).where(eq(months.ownerId, userId))).toMatchObject([
    { spend: 3 * PAID_PRICE.min, reserved: 0 },
  ]);
  expect(await auditMoney()).toEqual([]);
});

test("a stop is never overshot by calls that begin together, and raising it lets the rest go on", async () => {
  const budget = 3 * PAID_PRICE.max;
  const { userId, sessionId } = await started({ count: 12, budget });
  await runAll(sessionId, 12);
  const stopped = await sessionRow(sessionId);
  expect(stopped).toMatchObject({ state: "paused", pauseReason: "budget", reserved: 0 });
  expect(stopped.spend).toBeLessThanOrEqual(budget);
  expect(stopped.spend + PAID_PRICE.max).toBeGreaterThan(budget);
  expect(stopped.completedCount + stopped.queuedCount).toBe(12);
  expect(await resumeSession({ userId, sessionId })).toMatchObject({ ok: false, reason: "budget" });
  await testDb.db.execute(sql`update sessions set budget = ${PAID_PRICE.max * 12} where id = ${sessionId}`);
  expect((await resumeSession({ userId, sessionId })).ok).toBe(true);
  await runAll(sessionId, 12);
  expect(await sessionRow(sessionId)).toMatchObject({ state: "finished", completedCount: 12, reserved: 0 });
  expect(calls).toHaveLength(12);
  expect(await auditMoney()).toEqual([]);
});

test("a month's stop holds over all sessions of a person, and nobody else's", async () => {
  const { id: userId } = await newUser();
  await testDb.db
    .update(users)
    .set({ monthlyBudget: 3 * PAID_PRICE.max })
    .where(eq(users.id, userId));
  const one = await started({ count: 6, userId });
  const other = await started({ count: 6, userId });
  await Promise.all([runAll(one.sessionId, 6), runAll(other.sessionId, 6)]);
  const rows = [await sessionRow(one.sessionId), await sessionRow(other.sessionId)];
  expect(rows.map(({ pauseReason }) => pauseReason)).toEqual(["month_budget", "month_budget"]);
  expect(rows.reduce((sum, { spend }) => sum + spend, 0)).toBeLessThanOrEqual(3 * PAID_PRICE.max);
  const stranger = await started({ count: 6 });
  await runAll(stranger.sessionId, 6);
  expect((await sessionRow(stranger.sessionId)).state).toBe("finished");
  expect(await auditMoney()).toEqual([]);
});

test("a stop that was lowered under what is spent pauses the session", async () => {
  const { sessionId } = await started({ count: 3, budget: PAID_PRICE.max * 10 });
  const [first] = await listRunning(sessionId);
  if (!first) throw new Error("nothing runs");
  await runItem.handle(first, { step, runId: randomUUID() });
  await testDb.db.execute(
    sql`update items set lease_until = now() - interval '1 s' where session_id = ${sessionId}`,
  );
  await releaseLeases({ deadWorkers: [] });
  await testDb.db.execute(sql`update sessions set budget = 1 where id = ${sessionId}`);
  expect(await pauseUnaffordable()).toBe(1);
  expect(await sessionRow(sessionId)).toMatchObject({ state: "paused", pauseReason: "budget" });
});

test("an answer that never came counts in full, is asked for once more, and then for a person", async () => {
  const { userId, sessionId } = await started({ answers: ["unknown", "unknown"] });
  await runAll(sessionId);
  expect(await statuses(sessionId)).toEqual(["failed"]);
  expect(calls).toHaveLength(2);
  expect(await sessionRow(sessionId)).toMatchObject({
    spend: 2 * PAID_PRICE.max,
    maybeSpend: 2 * PAID_PRICE.max,
    reserved: 0,
  });
  await retryItems({ userId, sessionId, itemIds: "failed" });
  await runAll(sessionId);
  expect(await statuses(sessionId)).toEqual(["completed"]);
  expect((await attemptsOf(sessionId)).map(({ charge }) => charge)).toEqual(["maybe", "maybe", "charged"]);
  expect(await auditMoney()).toEqual([]);
});

test("whatever nobody thought of, after a call has left it may have been charged", async () => {
  const { sessionId } = await started({ answers: ["surprise"] });
  await runAll(sessionId);
  expect((await attemptsOf(sessionId)).map(({ charge, outcome }) => `${outcome} ${charge}`)).toEqual([
    "failed maybe",
    "completed charged",
  ]);
  expect(await auditMoney()).toEqual([]);
});

test("who wants to be asked is asked after the first unknown outcome", async () => {
  const { sessionId } = await started({ answers: ["unknown"], settings: { whenUnknown: "ask" } });
  await runAll(sessionId);
  expect(await statuses(sessionId)).toEqual(["failed"]);
  expect(calls).toHaveLength(1);
});

test("a rate limit never fails an item, however often it comes", async () => {
  const { sessionId } = await started({ answers: Array(12).fill("limited") });
  await runAll(sessionId);
  expect(await statuses(sessionId)).toEqual(["completed"]);
  expect(await sessionRow(sessionId)).toMatchObject({ spend: PAID_PRICE.min, maybeSpend: 0 });
});

test("no credit pauses the session, keeps all, and it goes on when told", async () => {
  const { userId, sessionId } = await started({ count: 3, answers: ["made", "quota"] });
  await runAll(sessionId);
  expect(await sessionRow(sessionId)).toMatchObject({
    state: "paused",
    pauseReason: "quota_exhausted",
    completedCount: 1,
    queuedCount: 2 - (await listRunning(sessionId)).length,
  });
  await resumeSession({ userId, sessionId });
  await runAll(sessionId);
  expect(await sessionRow(sessionId)).toMatchObject({ state: "finished", completedCount: 3, reserved: 0 });
});

test("a worker that dies after sending may have been charged for it; before sending, nothing was", async () => {
  const { sessionId } = await started({ count: 2 });
  const running = await listRunning(sessionId);
  const begun = await Promise.all(running.map((one) => beginAttempt({ ...one, runId: randomUUID() })));
  const [sent] = begun;
  if (!sent || !("attemptId" in sent)) throw new Error("it did not begin");
  expect(await claimSend(sent)).toBe("sent");
  await testDb.db.execute(
    sql`update items set lease_until = now() - interval '1 s' where session_id = ${sessionId}`,
  );
  expect(await releaseLeases({ deadWorkers: [] })).toBe(2);
  expect(await sessionRow(sessionId)).toMatchObject({
    spend: PAID_PRICE.max,
    maybeSpend: PAID_PRICE.max,
    reserved: 0,
  });
  await runAll(sessionId);
  expect(await statuses(sessionId)).toEqual(["completed", "completed"]);
  expect(await auditMoney()).toEqual([]);
});

test("an answer that was stored before its worker died is not asked for again", async () => {
  const { sessionId } = await started();
  const [one] = await listRunning(sessionId);
  if (!one) throw new Error("nothing runs");
  const begun = await beginAttempt({ ...one, runId: randomUUID() });
  if (!begun || !("attemptId" in begun)) throw new Error("it did not begin");
  const outcome = await makeResult(begun);
  expect(outcome.kind).toBe("made");
  if (outcome.kind !== "made") return;
  // The run ended right there: nothing was settled.
  await testDb.db.execute(
    sql`update items set lease_until = now() - interval '1 s' where session_id = ${sessionId}`,
  );
  await releaseLeases({ deadWorkers: [] });
  const [goesOn] = await listRunning(sessionId);
  expect(goesOn).toEqual({ itemId: one.itemId, dispatch: one.dispatch + 1 });
  if (goesOn) await runItem.handle(goesOn, { step, runId: randomUUID() });
  expect(await statuses(sessionId)).toEqual(["completed"]);
  expect(calls).toHaveLength(1);
  expect(await sessionRow(sessionId)).toMatchObject({ spend: PAID_PRICE.min, maybeSpend: 0, reserved: 0 });
  expect(await auditMoney()).toEqual([]);
  expect(await markReceived(begun, { ...outcome, modelVersion: "late" })).toBe(false);
});

test("the same picture, prompt and parameters are made once for an owner; a person can ask anew", async () => {
  const first = await started({ settings: { reuse: true } });
  await runAll(first.sessionId);
  const again = await started({ userId: first.userId, settings: { reuse: true } });
  await runAll(again.sessionId);
  expect(await statuses(again.sessionId)).toEqual(["reused"]);
  expect(await sessionRow(again.sessionId)).toMatchObject({ state: "finished", spend: 0, reserved: 0 });
  expect(calls).toHaveLength(1);
  const [made] = await attemptsOf(first.sessionId);
  expect(await attemptsOf(again.sessionId)).toMatchObject([
    { outcome: "reused", reusedFrom: made?.id, imageId: made?.imageId, cost: 0 },
  ]);
  const [item] = await testDb.db.select().from(items).where(eq(items.sessionId, again.sessionId));
  await regenerateItems({ ...again, itemIds: [item?.id ?? ""] });
  await runAll(again.sessionId);
  expect(calls).toHaveLength(2);
  const stranger = await started({ settings: { reuse: true } });
  await runAll(stranger.sessionId);
  expect(calls).toHaveLength(3);
  expect(await auditMoney()).toEqual([]);
});

test("hand-outs are as many as fit into the time ahead", async () => {
  await testDb.db.update(limits).set({ imagesPerMinute: 120, rateSource: "told" });
  const { sessionId } = await started({ count: 20 });
  const interval = 60_000 / (120 * 0.99);
  expect(await listRunning(sessionId)).toHaveLength(Math.floor(2_500 / interval) + 1);
  const events = await testDb.db.execute<{ at: Date }>(sql`
    select run_at as at from graphile_worker.jobs where task_identifier = 'connection/due'`);
  expect(events.length).toBeGreaterThan(0);
});

test("a refusal is told to the limiter before its item is settled, and no crowd follows it", async () => {
  await testDb.db.update(limits).set({ imagesPerMinute: 600, changedAt: sql`now() - interval '1 minute'` });
  const { sessionId } = await started({ answers: ["limited"] });
  const [one] = await listRunning(sessionId);
  const begun = one && (await beginAttempt({ ...one, runId: randomUUID() }));
  if (!begun || !("attemptId" in begun)) throw new Error("it was not begun");
  expect(await makeResult(begun)).toMatchObject({ kind: "failed", code: "rate_limited" });
  const { limit } = await readLimit(testDb.db, "paid");
  expect(limit).toMatchObject({ imagesPerMinute: 420, rateSource: "learned", blockedWhy: "rate_limited" });
  const turns = await readTurns("paid");
  const tolerance = (limit && turnOf(limit, 1)?.tolerance) ?? 0;
  expect(tolerance).toBeGreaterThan(0);
  expect((turns?.sentTat ?? 0) - tolerance).toBeGreaterThanOrEqual((limit?.blockedUntil ?? 0) - 1);
});

test("nothing is sent while the provider asked for silence, and that is no attempt", async () => {
  const { sessionId } = await started();
  const [one] = await listRunning(sessionId);
  if (!one) throw new Error("nothing runs");
  await testDb.db
    .update(limits)
    .set({ blockedUntil: sql`now() + interval '1 hour'`, blockedWhy: "rate_limited" });
  await runItem.handle(one, { step, runId: randomUUID() });
  expect(calls).toHaveLength(0);
  expect(await statuses(sessionId)).toEqual(["queued"]);
  expect(await attemptsOf(sessionId)).toEqual([]);
  expect(await sessionRow(sessionId)).toMatchObject({ reserved: 0, spend: 0 });
  expect(await auditMoney()).toEqual([]);
});
