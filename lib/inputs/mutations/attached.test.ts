import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { images, inputs } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { duplicateSession } from "@/lib/sessions/mutations/duplicate-session";
import { startSession } from "@/lib/sessions/mutations/start-session";
import { getSessionView } from "@/lib/sessions/queries/get-session-view";
import { listChanges } from "@/lib/sessions/queries/list-changes";
import { listSessions } from "@/lib/sessions/queries/list-sessions";
import { newDraft, newUser, sessionRow, tinyPng } from "@/scripts/testing/factories";
import { registerEchoModel } from "@/scripts/testing/models";
import { MAX_REFERENCES } from "../constants";
import { listAttached } from "../queries/list-attached";
import { listAttachedRows } from "../queries/list-input-rows";
import { addPromptRows } from "./add-prompt-rows";
import { copyMask } from "./copy-mask";
import { dispatchProbes } from "./dispatch-probes";
import { removeInputs, removeMatching, restoreInputs } from "./edit-inputs";
import { probeInput } from "./probe-input";
import { receiveUpload } from "./receive-upload";
import { registerInputs } from "./register-inputs";

let testDb: TestDb;
let userId: string;
let sessionId: string;
let sources: string[];

beforeAll(async () => {
  testDb = await createTestDb();
  registerEchoModel();
});
afterAll(async () => {
  await testDb.close();
});
beforeEach(async () => {
  userId = (await newUser()).id;
  const draft = await newDraft({ userId, count: 3 });
  sessionId = draft.id;
  sources = draft.inputIds;
});

const file = (name: string, bytes = 1) => ({ clientId: randomUUID(), name, path: "", bytes, modified: 1 });

const first = () => sources[0] ?? "";

type Target = { role: "reference" | "mask"; forInputId: string | null };

/** Registers, sends and probes one file, as the page and the engine do. */
async function attach(target: Target, bytes: Uint8Array, name = "file.png") {
  const [row] = await registerInputs({ userId, sessionId, ...target, files: [file(name, bytes.length)] });
  if (!row) throw new Error("not registered");
  await receiveUpload({
    userId,
    inputId: row.id,
    body: new Blob([new Uint8Array(bytes)]).stream(),
    declaredBytes: bytes.length,
  });
  await dispatchProbes();
  const [{ probes } = { probes: 0 }] = await testDb.db.select().from(inputs).where(eq(inputs.id, row.id));
  await probeInput({ inputId: row.id, probe: probes });
  return row.id;
}

async function rowOf(id: string) {
  const [row] = await testDb.db.select().from(inputs).where(eq(inputs.id, id));
  if (!row) throw new Error("no input");
  return row;
}

const shared: Target = { role: "reference", forInputId: null };
const ownOf = (forInputId: string): Target => ({ role: "reference", forInputId });
const maskOf = (forInputId: string): Target => ({ role: "mask", forInputId });

/** Positions tell the order in which rows were added, whatever they are for. */
async function referencesOf(inputId: string): Promise<string[]> {
  const { references } = await listAttached({ sessionId, inputId });
  const rows = await listAttachedRows(sessionId);
  const stored = await testDb.db.select().from(images).where(eq(images.ownerId, userId));
  const nameOf = (sha256: string) =>
    rows.find(({ imageId }) => imageId === stored.find((image) => image.sha256 === sha256)?.id)?.name ?? "?";
  return references.map(({ sha256 }) => nameOf(sha256));
}

test("an image's own references come before those of the session, each in the order they were added", async () => {
  await attach(shared, await tinyPng("#000001"), "s1");
  await attach(ownOf(first()), await tinyPng("#000002"), "own1");
  await attach(shared, await tinyPng("#000003"), "s2");
  await attach(ownOf(first()), await tinyPng("#000004"), "own2");
  await attach(ownOf(sources[1] ?? ""), await tinyPng("#000005"), "other");
  expect(await referencesOf(first())).toEqual(["own1", "own2", "s1", "s2"]);
  expect(await referencesOf(sources[2] ?? "")).toEqual(["s1", "s2"]);
});

test("references and masks are no rows, tiles, counts or items of the list", async () => {
  const before = await getSessionView({ sessionId, userId });
  await attach(shared, await tinyPng("#000001"));
  // The same picture as the sources: it makes no duplicate of them.
  await attach(ownOf(first()), await tinyPng());
  await attach(maskOf(first()), await tinyPng("#ffffff"));
  const view = await getSessionView({ sessionId, userId });
  expect(view?.first.inputs).toEqual(before?.first.inputs);
  expect(view?.inputTotal).toBe(3);
  const changes = await listChanges({ sessionId, userId, since: before?.cursor ?? 0 });
  expect(changes?.inputs).toEqual([]);
  const { rows } = await listSessions({ userId });
  expect(rows[0]).toMatchObject({ inputTotal: 3 });
  expect(rows[0]?.strip).toHaveLength(3);
  const more = await registerInputs({ userId, sessionId, files: [file("next.png")] });
  expect(more[0]?.position).toBe(4);
  expect(await removeMatching({ userId, sessionId, match: "duplicates" })).toMatchObject({
    value: { changed: 2 },
  });
  await removeMatching({ userId, sessionId, match: "all" });
  expect(await listAttachedRows(sessionId)).toHaveLength(3);
});

test("a session takes 15 references, an image 15 of its own, and the same call again adds none", async () => {
  const files = Array.from({ length: MAX_REFERENCES }, (_, i) => file(`${i}.png`));
  const [made, again] = [
    await registerInputs({ userId, sessionId, ...shared, files }),
    await registerInputs({ userId, sessionId, ...shared, files }),
  ];
  expect(again).toEqual(made);
  const one = { userId, sessionId, files: [file("16.png")] };
  await expect(registerInputs({ ...one, ...shared })).rejects.toMatchObject({ code: "bad_input" });
  expect(await registerInputs({ ...one, ...ownOf(first()) })).toHaveLength(1);
  await removeInputs({ userId, sessionId, inputIds: made.slice(0, 1).map(({ id }) => id) });
  const refused = made[1]?.id ?? "";
  await testDb.db.update(inputs).set({ state: "refused" }).where(eq(inputs.id, refused));
  expect(
    await registerInputs({ userId, sessionId, ...shared, files: [file("16.png"), file("17.png")] }),
  ).toHaveLength(2);
});

test("nothing is attached to an image that is foreign, removed or of another session", async () => {
  const stranger = await newUser();
  const elsewhere = await newDraft({ userId, count: 1 });
  const reference = await attach(shared, await tinyPng("#000001"));
  await removeInputs({ userId, sessionId, inputIds: [first()] });
  const targets = [first(), elsewhere.inputIds[0] ?? "", reference, randomUUID()];
  for (const target of targets) {
    const call = registerInputs({ userId, sessionId, ...maskOf(target), files: [file("mask.png")] });
    await expect(call).rejects.toMatchObject({ code: "bad_input" });
  }
  const foreign = registerInputs({ userId: stranger.id, sessionId, ...shared, files: [file("a.png")] });
  await expect(foreign).rejects.toMatchObject({ code: "not_found" });
  expect(await listAttachedRows(sessionId)).toHaveLength(1);
});

test("a hostile mask is refused alone and the mask before it stays in use", async () => {
  await attach(maskOf(first()), await tinyPng("#ffffff"));
  const { mask } = await listAttached({ sessionId, inputId: first() });
  const bad = await attach(maskOf(first()), new TextEncoder().encode("<svg onload=alert(1)>"), "mask.png");
  expect(await rowOf(bad)).toMatchObject({ state: "refused", refusal: "UNSUPPORTED_TYPE" });
  expect((await listAttached({ sessionId, inputId: first() })).mask).toEqual(mask);
  expect((await rowOf(first())).state).toBe("ready");
});

test("a new mask takes the place of the old one, and of that image's alone", async () => {
  const old = await attach(maskOf(first()), await tinyPng("#ffffff"));
  const other = await attach(maskOf(sources[1] ?? ""), await tinyPng("#ffffff"));
  const next = await attach(maskOf(first()), await tinyPng("#000000"));
  const here = (await listAttachedRows(sessionId)).map(({ id }) => id);
  expect(here).toEqual([other, next]);
  expect((await rowOf(old)).removedAt).not.toBeNull();
});

test("a mask goes to images of the same size, replaces theirs, and is undone exactly", async () => {
  const maskId = await attach(maskOf(first()), await tinyPng("#ffffff"));
  const theirs = await attach(maskOf(sources[1] ?? ""), await tinyPng("#010101"));
  const large = await attach({ role: "reference", forInputId: null }, await tinyPng("#020202"));
  await testDb.db
    .update(images)
    .set({ width: 9 })
    .where(eq(images.id, (await rowOf(large)).imageId ?? ""));
  await testDb.db
    .update(inputs)
    .set({ imageId: (await rowOf(large)).imageId })
    .where(eq(inputs.id, sources[2] ?? ""));
  const copy = { userId, sessionId, maskId, inputIds: sources };
  const done = await copyMask(copy);
  if (!done.ok) throw new Error(done.words);
  expect(done.value.made).toHaveLength(1);
  expect(done.value.replaced).toEqual([theirs]);
  expect((await listAttached({ sessionId, inputId: sources[1] ?? "" })).mask).toEqual(
    (await listAttached({ sessionId, inputId: first() })).mask,
  );
  expect((await listAttached({ sessionId, inputId: sources[2] ?? "" })).mask).toBeNull();
  expect(await copyMask(copy)).toMatchObject({ ok: true, value: { made: [], replaced: [] } });
  await removeInputs({ userId, sessionId, inputIds: done.value.made });
  await restoreInputs({ userId, sessionId, inputIds: done.value.replaced });
  const masks = (await listAttachedRows(sessionId)).filter(({ role }) => role === "mask");
  expect(masks.map(({ id }) => id)).toEqual([maskId, theirs]);
  const foreign = await copyMask({ ...copy, userId: (await newUser()).id });
  expect(foreign).toMatchObject({ ok: false, reason: "not_found" });
});

test("a duplicated session has the references and masks too, at the copies of their images", async () => {
  await attach(shared, await tinyPng("#000001"), "shared");
  await attach(maskOf(sources[2] ?? ""), await tinyPng("#ffffff"), "mask");
  await attach(ownOf(first()), await tinyPng("#000002"), "gone with its image");
  await removeInputs({ userId, sessionId, inputIds: [first()] });
  const copy = await duplicateSession({ userId, sessionId });
  if (!copy.ok) throw new Error(copy.words);
  const rows = await testDb.db
    .select()
    .from(inputs)
    .where(eq(inputs.sessionId, copy.value.id))
    .orderBy(inputs.position);
  expect(rows.map(({ role, position }) => [role, position])).toEqual([
    ["mask", -2],
    ["reference", -1],
    ["source", 1],
    ["source", 2],
  ]);
  expect(rows[0]?.forInputId).toBe(rows[3]?.id);
  const attached = await listAttached({ sessionId: copy.value.id, inputId: rows[3]?.id ?? "" });
  expect(attached).toEqual(await listAttached({ sessionId, inputId: sources[2] ?? "" }));
});

test("prompts become rows in their order, once, with names that go on counting", async () => {
  const rows = ["a red chair", "eine grüne Tür 🚪", "nul\0 and \ud800"].map((prompt) => ({
    clientId: randomUUID(),
    prompt,
  }));
  expect(await addPromptRows({ userId, sessionId, rows: rows.slice(0, 2) })).toEqual({ added: 2 });
  expect(await addPromptRows({ userId, sessionId, rows })).toEqual({ added: 1 });
  const made = await testDb.db
    .select()
    .from(inputs)
    .where(and(eq(inputs.sessionId, sessionId), isNull(inputs.imageId)))
    .orderBy(inputs.position);
  expect(made.map(({ position, sourceName, prompt }) => [position, sourceName, prompt])).toEqual([
    [4, "prompt-001", "a red chair"],
    [5, "prompt-002", "eine grüne Tür 🚪"],
    [6, "prompt-003", "nul and \ufffd"],
  ]);
  expect(made[0]).toMatchObject({ state: "ready", role: "source", promptMode: "replace", sourceBytes: 0 });
  const foreign = addPromptRows({ userId: (await newUser()).id, sessionId, rows });
  await expect(foreign).rejects.toMatchObject({ code: "not_found" });
  const mask = registerInputs({ userId, sessionId, ...maskOf(made[0]?.id ?? ""), files: [file("mask.png")] });
  await expect(mask).rejects.toMatchObject({ code: "bad_input" });
  expect(await removeInputs({ userId, sessionId, inputIds: made.map(({ id }) => id) })).toMatchObject({
    value: { changed: 3 },
  });
});

test("ten thousand prompts fill a session, and the next one is told so", async () => {
  const { id } = await newDraft({ userId, count: 0 });
  const row = () => ({ clientId: randomUUID(), prompt: "a chair" });
  for (let chunk = 0; chunk < 20; chunk += 1) {
    await addPromptRows({ userId, sessionId: id, rows: Array.from({ length: 500 }, row) });
  }
  await expect(addPromptRows({ userId, sessionId: id, rows: [row()] })).rejects.toMatchObject({
    code: "bad_input",
  });
  const [last] = await testDb.db
    .select({ name: inputs.sourceName })
    .from(inputs)
    .where(and(eq(inputs.sessionId, id), eq(inputs.position, 10_000)));
  expect(last?.name).toBe("prompt-10000");
});

test("once started, nothing is attached any more", async () => {
  await startSession({ userId, sessionId });
  expect((await sessionRow(sessionId)).state).toBe("running");
  const rows = [{ clientId: randomUUID(), prompt: "late" }];
  await expect(addPromptRows({ userId, sessionId, rows })).rejects.toMatchObject({ code: "conflict" });
  const late = registerInputs({ userId, sessionId, ...shared, files: [file("late.png")] });
  await expect(late).rejects.toMatchObject({ code: "conflict" });
  const copy = await copyMask({ userId, sessionId, maskId: randomUUID(), inputIds: sources });
  expect(copy).toMatchObject({ ok: false, reason: "started" });
});
