import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { audit, sessions } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";
import { setBudgetSchema } from "../schemas";
import { setBudget } from "./set-budget";
import { startSession } from "./start-session";

let testDb: TestDb;
let userId: string;

beforeAll(async () => {
  testDb = await createTestDb();
  registerEchoModel();
});
afterAll(() => testDb.close());
beforeEach(async () => {
  userId = (await newUser()).id;
});

/** A run that stood still at its stop of 60 cents with 58 spent; one image costs up to 5. */
async function newStopped() {
  const { id: sessionId } = await newDraft({ userId });
  await startSession({ userId, sessionId });
  await testDb.db
    .update(sessions)
    .set({
      state: "paused",
      pauseReason: "budget",
      budget: 600_000,
      spend: 580_000,
      worstPrice: 50_000,
    })
    .where(eq(sessions.id, sessionId));
  return sessionId;
}

test("a draft's stop is set, set again, and taken away", async () => {
  const { id: sessionId } = await newDraft({ userId });
  for (const budget of [60_000_000, 60_000_000, null]) {
    expect(await setBudget({ userId, sessionId, budget })).toEqual({ ok: true, value: { resumed: false } });
    expect(await sessionRow(sessionId)).toMatchObject({ budget, state: "draft" });
  }
  const entries = await testDb.db
    .select({ after: audit.after })
    .from(audit)
    .where(and(eq(audit.sessionId, sessionId), eq(audit.action, "session.budget")));
  expect(entries).toHaveLength(3);
});

test("raising the stop of a run that stood there lets it go on; too little leaves it there", async () => {
  const sessionId = await newStopped();
  expect(await setBudget({ userId, sessionId, budget: 620_000 })).toMatchObject({
    value: { resumed: false },
  });
  expect(await sessionRow(sessionId)).toMatchObject({ state: "paused", budget: 620_000 });
  expect(await setBudget({ userId, sessionId, budget: 630_000 })).toMatchObject({ value: { resumed: true } });
  expect(await sessionRow(sessionId)).toMatchObject({ state: "running", pauseReason: null, budget: 630_000 });
});

test("a run its owner paused stays paused, whatever its stop", async () => {
  const sessionId = await newStopped();
  await testDb.db.update(sessions).set({ pauseReason: null }).where(eq(sessions.id, sessionId));
  expect(await setBudget({ userId, sessionId, budget: null })).toMatchObject({ value: { resumed: false } });
  expect(await sessionRow(sessionId)).toMatchObject({ state: "paused", budget: null });
});

test("somebody else's stop is not theirs to set", async () => {
  const sessionId = await newStopped();
  const stranger = await newUser();
  expect(await setBudget({ userId: stranger.id, sessionId, budget: null })).toMatchObject({
    ok: false,
    reason: "not_found",
  });
  expect(await sessionRow(sessionId)).toMatchObject({ state: "paused", budget: 600_000 });
});

test.each([0, -1, 1.5, 1e13, "60"])("a stop of %j is refused", async (budget) => {
  const { id: sessionId } = await newDraft({ userId });
  expect(setBudgetSchema.safeParse({ sessionId, budget }).success).toBe(false);
});
