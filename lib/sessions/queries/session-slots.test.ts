import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sessions } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";
import { DEFAULT_SETTINGS } from "../constants";
import { countsOf } from "../counts";
import { startSession } from "../mutations/start-session";
import { sessionSlots } from "./session-slots";

let testDb: TestDb;

beforeAll(async () => {
  testDb = await createTestDb();
  registerEchoModel();
});
afterAll(() => testDb.close());

test("a run says how it gets through to its provider, and nothing once it needs none", async () => {
  const { id: userId } = await newUser();
  const { id } = await newDraft({ userId });
  await startSession({ userId, sessionId: id });
  const started = await sessionRow(id);
  expect(await sessionSlots(started, countsOf(started))).toBeNull();

  const snapshot = { prompt: "", settings: { ...DEFAULT_SETTINGS, connection: "env" }, frozenAt: "" };
  await testDb.db.update(sessions).set({ snapshot }).where(eq(sessions.id, id));
  await testDb.db.execute(sql`
    insert into limits (connection, in_flight, images_per_minute, rate_source, images_tat, blocked_until, blocked_why)
    values ('env', 12, 50, 'told', now(), now() + interval '40 seconds', 'rate_limited')`);
  const run = await sessionRow(id);
  const slots = await sessionSlots(run, countsOf(run));
  expect(slots).toMatchObject({ running: 0, blockedWhy: "rate_limited", ratePerMinute: 50 });
  const left = (slots?.nextAt ?? 0) - Date.now();
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(40_000);

  const paused = { ...run, state: "paused" as const };
  expect(await sessionSlots(paused, countsOf(paused))).toBeNull();
  expect(await sessionSlots(run, { ...countsOf(run), queued: 0, running: 0, waiting: 0 })).toBeNull();
});
