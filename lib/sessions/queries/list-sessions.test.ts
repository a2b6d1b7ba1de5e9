import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDb, type TestDb } from "@/db/test-db";
import { newDraft, newUser } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";
import { deleteSession, restoreSession } from "../mutations/delete-session";
import { duplicateSession } from "../mutations/duplicate-session";
import { renameSession } from "../mutations/edit-draft";
import { startSession } from "../mutations/start-session";
import { getSessionView } from "./get-session-view";
import { listChanges } from "./list-changes";
import { listSessions } from "./list-sessions";

let testDb: TestDb;

beforeAll(async () => {
  testDb = await createTestDb();
  registerEchoModel();
});
afterAll(() => testDb.close());

test("pages of sessions have each one once, whatever moment they changed at", async () => {
  const { id: userId } = await newUser();
  await testDb.db.execute(sql`
    insert into sessions (owner_id, name, settings, updated_at)
    select ${userId}, 'Session ' || n, '{}', timestamptz '2026-11-21 10:00:00.000001Z' + n * interval '1 microsecond'
    from generate_series(1, 120) n`);
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const page = await listSessions({ userId, before });
    seen.push(...page.rows.map(({ name }) => name));
    before = page.next ?? undefined;
  } while (before);
  expect(seen).toEqual(Array.from({ length: 120 }, (_, i) => `Session ${120 - i}`));
  expect((await listSessions({ userId, before: "'; drop table sessions" })).rows).toHaveLength(50);
  expect((await listSessions({ userId, search: "Session 7" })).rows).toHaveLength(11);
  expect((await listSessions({ userId, search: "%" })).rows).toHaveLength(0);
});

test("the search looks into names, prompts and names of files that are still there", async () => {
  const { id: userId } = await newUser();
  const [one, two] = [
    await newDraft({ userId, prompt: "beach" }),
    await newDraft({ userId, prompt: "sepia" }),
  ];
  await renameSession({ sessionId: one.id, userId, name: "Autumn" });
  await testDb.db.execute(sql`
    update inputs set source_name = 'SKU-0417.jpg', removed_at = case when session_id = ${two.id} then now() end
    where position = 1 and session_id in (${one.id}, ${two.id})`);
  const found = async (search: string) =>
    (await listSessions({ userId, search })).rows.map((row) => row.id).sort();
  expect(await found("autumn")).toEqual([one.id]);
  expect(await found("SEPIA")).toEqual([two.id]);
  expect(await found("sku-04")).toEqual([one.id]);
  expect(await found("photo-2")).toEqual([one.id, two.id].sort());
  expect(await found("sku_04")).toEqual([]);
});

test("a session of somebody else is seen nowhere", async () => {
  const owner = await newUser();
  const stranger = await newUser();
  const draft = await newDraft({ userId: owner.id });
  expect((await listSessions({ userId: stranger.id })).rows).toHaveLength(0);
  expect(await getSessionView({ sessionId: draft.id, userId: stranger.id })).toBeNull();
  expect(await listChanges({ sessionId: draft.id, userId: stranger.id, since: 0 })).toBeUndefined();
});

test("changes tell what is new above a cursor, and nothing when nothing is", async () => {
  const { id: userId } = await newUser();
  const draft = await newDraft({ userId, count: 4 });
  const target = { sessionId: draft.id, userId };
  const before = (await getSessionView(target))?.cursor ?? 0;
  expect(await listChanges({ ...target, since: before })).toBeNull();
  await startSession(target);
  const changes = await listChanges({ ...target, since: before });
  expect(changes?.items).toHaveLength(4);
  expect(changes?.state).toBe("running");
  expect(await listChanges({ ...target, since: changes?.cursor ?? 0 })).toBeNull();
});

test("more changes than fit are a reset, not a part", async () => {
  const { id: userId } = await newUser();
  const draft = await newDraft({ userId, count: 600 });
  await startSession({ sessionId: draft.id, userId });
  const changes = await listChanges({ sessionId: draft.id, userId, since: 0 });
  expect(changes).toMatchObject({ reset: true, items: [] });
});

test("delete hides a session at once, and undo brings it back as it was", async () => {
  const { id: userId } = await newUser();
  const draft = await newDraft({ userId });
  const target = { sessionId: draft.id, userId };
  await renameSession({ ...target, name: "Kept" });
  await deleteSession(target);
  expect((await listSessions({ userId })).rows).toHaveLength(0);
  expect(await renameSession({ ...target, name: "No" })).toMatchObject({ ok: false, reason: "not_found" });
  await restoreSession(target);
  expect((await listSessions({ userId })).rows[0]).toMatchObject({ name: "Kept", inputTotal: 3 });
});

test("a duplicate is a draft with the same inputs, prompt and settings, and no results", async () => {
  const { id: userId } = await newUser();
  const draft = await newDraft({ userId, prompt: "make it green" });
  await startSession({ sessionId: draft.id, userId });
  const copy = await duplicateSession({ sessionId: draft.id, userId });
  if (!copy.ok) throw new Error(copy.words);
  const view = await getSessionView({ sessionId: copy.value.id, userId });
  expect(view).toMatchObject({ state: "draft", prompt: "make it green", inputTotal: 3 });
  expect(view?.first.items).toHaveLength(0);
  expect(await startSession({ sessionId: copy.value.id, userId })).toMatchObject({ value: { items: 3 } });
  const stranger = await newUser();
  expect(await duplicateSession({ sessionId: draft.id, userId: stranger.id })).toMatchObject({ ok: false });
});
