import { randomUUID } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { inputs, items } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { newDraft, newUser, sessionRow } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";
import { saveDraft } from "./edit-draft";
import { startSession } from "./start-session";

let testDb: TestDb;
let user: { id: string };

beforeAll(async () => {
  testDb = await createTestDb();
  registerEchoModel();
});
afterAll(() => testDb.close());
beforeEach(async () => {
  user = await newUser();
});

test("fifty starts at once make each item once", async () => {
  const draft = await newDraft({ userId: user.id, count: 20 });
  const start = () => startSession({ userId: user.id, sessionId: draft.id });
  const answers = await Promise.all(Array.from({ length: 50 }, start));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  const rows = await testDb.db.select().from(items).where(eq(items.sessionId, draft.id));
  expect(rows).toHaveLength(20);
  expect(rows.map((row) => row.position).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 1),
  );
});

test("prompt and settings are frozen", async () => {
  const draft = await newDraft({ userId: user.id, prompt: "make it blue" });
  await startSession({ userId: user.id, sessionId: draft.id });
  const late = await saveDraft({ userId: user.id, sessionId: draft.id, draftVersion: 0, prompt: "no, red" });
  expect(late).toMatchObject({ ok: false, reason: "started" });
  expect((await sessionRow(draft.id)).snapshot).toMatchObject({ prompt: "make it blue" });
});

test("someone else's session is like one that is not there", async () => {
  const draft = await newDraft({ userId: user.id });
  const stranger = await newUser();
  const foreign = await startSession({ userId: stranger.id, sessionId: draft.id });
  const missing = await startSession({ userId: stranger.id, sessionId: randomUUID() });
  expect(foreign).toEqual(missing);
  expect(foreign).toMatchObject({ ok: false, reason: "not_found" });
  expect((await sessionRow(draft.id)).state).toBe("draft");
});

test("no prompt at all is said before the start", async () => {
  const draft = await newDraft({ userId: user.id, prompt: "   " });
  expect(await startSession({ userId: user.id, sessionId: draft.id })).toMatchObject({
    ok: false,
    reason: "prompt",
  });
});

test("files on their way refuse the start, unless they are left out", async () => {
  const draft = await newDraft({ userId: user.id, count: 5 });
  await testDb.db
    .update(inputs)
    .set({ state: "uploading", imageId: null })
    .where(inArray(inputs.id, draft.inputIds.slice(0, 2)));
  const target = { userId: user.id, sessionId: draft.id };
  expect(await startSession(target)).toMatchObject({ ok: false, reason: "uploading" });
  expect(await startSession({ ...target, leaveOut: true })).toMatchObject({ ok: true, value: { items: 3 } });
});

test("removed, refused and excluded inputs make no items", async () => {
  const draft = await newDraft({ userId: user.id, count: 5 });
  const [removed, refused, excluded] = draft.inputIds;
  if (!removed || !refused || !excluded) throw new Error("five inputs expected");
  await testDb.db.update(inputs).set({ removedAt: new Date() }).where(eq(inputs.id, removed));
  await testDb.db.update(inputs).set({ state: "refused", refusal: "DAMAGED" }).where(eq(inputs.id, refused));
  await testDb.db.update(inputs).set({ excluded: true }).where(eq(inputs.id, excluded));
  expect(await startSession({ userId: user.id, sessionId: draft.id })).toMatchObject({ value: { items: 2 } });
});

test("a session without images does not start", async () => {
  const draft = await newDraft({ userId: user.id, count: 0 });
  expect(await startSession({ userId: user.id, sessionId: draft.id })).toMatchObject({
    ok: false,
    reason: "empty",
  });
});

test("a draft saved in another tab is not overwritten", async () => {
  const draft = await newDraft({ userId: user.id });
  const save = (prompt: string) =>
    saveDraft({ userId: user.id, sessionId: draft.id, draftVersion: 0, prompt });
  expect(await save("first")).toMatchObject({ ok: true, value: { draftVersion: 1 } });
  expect(await save("second")).toMatchObject({ ok: false, reason: "conflict" });
  expect((await sessionRow(draft.id)).prompt).toBe("first");
  expect(await save("first")).toEqual({ ok: true, value: { draftVersion: 1 } });
});
