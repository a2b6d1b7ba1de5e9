import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attempts, items } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { countsOf } from "@/lib/sessions/counts";
import { deleteSession, restoreSession } from "@/lib/sessions/mutations/delete-session";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { cancelSession, pauseSession, resumeSession } from "@/lib/sessions/mutations/steer-session";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";
import type { FailedOutcome } from "../outcome";
import { type BegunAttempt, beginAttempt } from "./begin-attempt";
import { dispatch } from "./dispatch";
import { regenerateItems, retryItems } from "./redo-items";
import { releaseLeases } from "./release-leases";
import { claimSend } from "./send-attempt";
import { settleAttempt } from "./settle-attempt";

let testDb: TestDb;

beforeAll(async () => {
  process.env.STUDIO_CONCURRENCY = "4";
  testDb = await createTestDb();
  registerEchoModel();
});
afterAll(async () => {
  delete process.env.STUDIO_CONCURRENCY;
  await testDb.close();
});

const failure = (code: string): FailedOutcome => ({
  kind: "failed",
  code,
  words: "It did not work.",
  details: null,
  requestId: null,
  charge: "none",
  cost: 0,
  retryAfterMs: 0,
});

async function started(count: number, prompt?: string) {
  const user = await newUser();
  const draft = await newDraft({ userId: user.id, count, prompt });
  await startSession({ userId: user.id, sessionId: draft.id });
  return { userId: user.id, sessionId: draft.id };
}

function running(sessionId: string) {
  return testDb.db
    .select()
    .from(items)
    .where(sql`session_id = ${sessionId} and status = 'running' order by position`);
}

async function begin(item: { id: string; dispatch: number }): Promise<BegunAttempt> {
  const begun = await tryBegin(item);
  if (!begun) throw new Error("the attempt did not begin");
  return begun;
}

async function tryBegin(item: { id: string; dispatch: number }): Promise<BegunAttempt | null> {
  const begun = await beginAttempt({ itemId: item.id, dispatch: item.dispatch, runId: randomUUID() });
  return begun && "attemptId" in begun ? begun : null;
}

async function firstRunning(sessionId: string) {
  const [item] = await running(sessionId);
  if (!item) throw new Error("nothing runs");
  return item;
}

/** Ends a session, so that its items take no slot from the next test. */
async function clear(target: { userId: string; sessionId: string }) {
  await cancelSession(target);
  await testDb.db
    .update(items)
    .set({ leaseUntil: new Date(0) })
    .where(eq(items.sessionId, target.sessionId));
  await releaseLeases({ deadWorkers: [] });
  await testDb.db.update(items).set({ status: "cancelled" }).where(eq(items.sessionId, target.sessionId));
}

test("no more items run than there are slots, however many dispatch at once", async () => {
  const target = await started(20);
  await Promise.all(Array.from({ length: 10 }, () => dispatch("echo")));
  expect(await running(target.sessionId)).toHaveLength(4);
  await clear(target);
});

test("a short session gets its share of a machine that a long one filled", async () => {
  const long = await started(20);
  const short = await started(3);
  expect([(await running(long.sessionId)).length, (await running(short.sessionId)).length]).toEqual([4, 0]);
  for (const item of (await running(long.sessionId)).slice(0, 2)) {
    await settleAttempt(await begin(item), failure("bad_request"));
  }
  await dispatch("echo");
  expect([(await running(long.sessionId)).length, (await running(short.sessionId)).length]).toEqual([2, 2]);
  await clear(long);
  await clear(short);
});

test("the same event ten times is one attempt", async () => {
  const target = await started(1);
  const item = await firstRunning(target.sessionId);
  const deliveries = Array.from({ length: 10 }, () => tryBegin(item));
  const begun = (await Promise.all(deliveries)).filter((one) => one !== null);
  expect(begun).toHaveLength(1);
  const claims = await Promise.all(begun.concat(begun, begun).map((one) => claimSend(one)));
  expect(claims.filter((one) => one === "sent")).toHaveLength(1);
  await clear(target);
});

test("a run that repeats its first step gets its own attempt again", async () => {
  const target = await started(1);
  const item = await firstRunning(target.sessionId);
  const ask = { itemId: item.id, dispatch: item.dispatch, runId: randomUUID() };
  expect(await beginAttempt(ask)).toEqual(await beginAttempt(ask));
  await clear(target);
});

test("a worker that was taken for dead changes nothing when it comes back", async () => {
  const target = await started(1);
  const late = await begin(await firstRunning(target.sessionId));
  await testDb.db
    .update(items)
    .set({ leaseUntil: new Date(0) })
    .where(eq(items.sessionId, target.sessionId));
  expect(await releaseLeases({ deadWorkers: [] })).toBe(1);
  await dispatch("echo");
  const again = await begin(await firstRunning(target.sessionId));
  expect(await settleAttempt(late, failure("bad_request"))).toBeNull();
  expect(await settleAttempt(again, failure("bad_request"))).toMatchObject({ connection: "echo" });
  const tries = await testDb.db
    .select()
    .from(attempts)
    .where(eq(attempts.ownerId, target.userId))
    .orderBy(attempts.number);
  expect(tries.map(({ outcome }) => outcome)).toEqual(["lost", "failed"]);
});

test("a transient failure waits, and five of them fail", async () => {
  const target = await started(1);
  for (let tries = 1; tries <= 6; tries += 1) {
    const item = await firstRunning(target.sessionId);
    await settleAttempt(await begin(item), failure("overloaded"));
    const row = await sessionRow(target.sessionId);
    expect([row.waitingCount, row.failedCount]).toEqual(tries <= 5 ? [1, 0] : [0, 1]);
    await testDb.db
      .update(items)
      .set({ dueAt: new Date(0) })
      .where(sql`id = ${item.id} and status = 'waiting'`);
    await dispatch("echo");
  }
  expect((await sessionRow(target.sessionId)).state).toBe("finished");
});

test("the editor dying twice on one item fails it", async () => {
  const target = await started(1);
  await settleAttempt(await begin(await firstRunning(target.sessionId)), failure("crashed"));
  expect((await sessionRow(target.sessionId)).queuedCount).toBe(1);
  await dispatch("echo");
  await settleAttempt(await begin(await firstRunning(target.sessionId)), failure("crashed"));
  expect(await sessionRow(target.sessionId)).toMatchObject({ failedCount: 1, state: "finished" });
});

test("a refused key pauses the session and costs no item", async () => {
  const target = await started(3);
  await settleAttempt(await begin(await firstRunning(target.sessionId)), failure("auth"));
  expect(await sessionRow(target.sessionId)).toMatchObject({
    state: "paused",
    pauseReason: "auth",
    failedCount: 0,
  });
  await clear(target);
});

test("a regeneration that fails keeps the earlier result", async () => {
  const target = await started(1);
  const item = await firstRunning(target.sessionId);
  const begun = await begin(item);
  await testDb.db.update(items).set({ currentAttemptId: begun.attemptId }).where(eq(items.id, item.id));
  await settleAttempt(begun, failure("bad_request"));
  expect(await sessionRow(target.sessionId)).toMatchObject({ completedCount: 1, failedCount: 0 });
});

test("whatever happens in whatever order, the counts equal the items", async () => {
  const ops = [
    "dispatch",
    "begin",
    "fail",
    "transient",
    "crash",
    "expire",
    "pause",
    "resume",
    "cancel",
    "retry",
    "regenerate",
    "delete",
    "restore",
  ] as const;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...ops), { minLength: 5, maxLength: 30 }), async (sequence) => {
      const target = await started(5);
      const open: BegunAttempt[] = [];
      for (const op of sequence) await act(op, target, open);
      await assertConsistent(target.sessionId);
      await restoreSession(target);
      await clear(target);
    }),
    { numRuns: 25 },
  );
});

async function act(op: string, target: { userId: string; sessionId: string }, open: BegunAttempt[]) {
  const settleOne = async (code: string) => {
    const begun = open.shift();
    if (begun) await settleAttempt(begun, failure(code));
  };
  switch (op) {
    case "dispatch":
      return dispatch("echo");
    case "begin":
      for (const item of await running(target.sessionId)) {
        const begun = await tryBegin(item);
        if (begun) open.push(begun);
      }
      return;
    case "fail":
      return settleOne("bad_request");
    case "transient":
      return settleOne("overloaded");
    case "crash":
      return settleOne("crashed");
    case "expire":
      await testDb.db
        .update(items)
        .set({ leaseUntil: new Date(0) })
        .where(eq(items.sessionId, target.sessionId));
      return releaseLeases({ deadWorkers: [] });
    case "pause":
      return pauseSession(target);
    case "resume":
      return resumeSession(target);
    case "cancel":
      return cancelSession(target);
    case "retry":
      return retryItems({ ...target, itemIds: "failed" });
    case "regenerate": {
      const all = await testDb.db
        .select({ id: items.id })
        .from(items)
        .where(eq(items.sessionId, target.sessionId));
      return regenerateItems({ ...target, itemIds: all.map(({ id }) => id) });
    }
    case "delete":
      return deleteSession(target);
    default:
      return restoreSession(target);
  }
}

async function assertConsistent(sessionId: string) {
  const rows = await testDb.db.select().from(items).where(eq(items.sessionId, sessionId));
  const row = await sessionRow(sessionId);
  const counted = { ...countsOf(row) };
  for (const { status } of rows) counted[status] -= 1;
  expect(Object.values(counted)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(rows).toHaveLength(5);
  for (const item of rows) {
    expect(item.revision).toBeLessThanOrEqual(row.revision);
    expect(item.leaseToken !== null).toBe(item.status === "running");
  }
  const [sending] = await testDb.db.execute<{ most: number }>(sql`
    select coalesce(max(n), 0)::int as most from (
      select count(*) as n from attempts a join items i on i.id = a.item_id
      where i.session_id = ${sessionId} and a.outcome = 'sending' group by a.item_id) per_item`);
  expect(sending?.most).toBeLessThanOrEqual(1);
}
