import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { images, inputs, sessions } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { pixelPool } from "@/lib/images/process/shared-pool";
import { createSession } from "@/lib/sessions/mutations/create-session";
import { newUser, tinyPng } from "@/scripts/testing/factories";
import { blackPng, GREY } from "@/scripts/testing/hostile/png-bytes";
import { MAX_DECODER_CRASHES, MAX_LOST_PROBES } from "../constants";
import { dispatchProbes } from "./dispatch-probes";
import {
  excludeInputs,
  removeInputs,
  removeMatching,
  restoreInputs,
  setInputPrompt,
  setInputPrompts,
} from "./edit-inputs";
import { probeInput } from "./probe-input";
import { receiveUpload } from "./receive-upload";
import { registerInputs } from "./register-inputs";
import { releaseProbes } from "./release-probes";

let testDb: TestDb;
let userId: string;
let sessionId: string;

beforeAll(async () => {
  testDb = await createTestDb();
});
afterAll(async () => {
  await testDb.close();
});
beforeEach(async () => {
  userId = (await newUser()).id;
  sessionId = (await createSession({ userId, intent: randomUUID() })).id;
});

const file = (name: string, bytes: number) => ({
  clientId: randomUUID(),
  name,
  path: "",
  bytes,
  modified: 1,
});

async function registerOne(name: string, bytes: number) {
  const [input] = await registerInputs({ userId, sessionId, files: [file(name, bytes)] });
  if (!input) throw new Error("not registered");
  return input;
}

function streamOf(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function send(inputId: string, bytes: Uint8Array, as = userId) {
  await receiveUpload({ userId: as, inputId, body: streamOf(bytes), declaredBytes: bytes.length });
}

async function stateOf(inputId: string) {
  const [row] = await testDb.db.select().from(inputs).where(eq(inputs.id, inputId));
  if (!row) throw new Error("no input");
  return row;
}

async function storedFiles(): Promise<string[]> {
  const entries = await readdir(join(testDb.dataDir, "storage", "files"), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

/** What the engine does with everything that waits. */
async function probeAll() {
  for (;;) {
    await dispatchProbes();
    const waiting = await testDb.db.select().from(inputs).where(eq(inputs.state, "probing"));
    if (waiting.length === 0) return;
    for (const { id, probes } of waiting) await probeInput({ inputId: id, probe: probes });
  }
}

test("positions follow the order given, and the same file again is the same input", async () => {
  const files = Array.from({ length: 300 }, (_, i) => file(`photo-${i}.jpg`, 10));
  const first = await registerInputs({ userId, sessionId, files });
  expect(first.map(({ position }) => position)).toEqual(files.map((_, i) => i + 1));
  expect(first.map(({ clientId }) => clientId)).toEqual(files.map(({ clientId }) => clientId));
  const again = await registerInputs({ userId, sessionId, files: files.slice(0, 5) });
  expect(again).toEqual(first.slice(0, 5));
  const next = await registerOne("one-more.jpg", 10);
  expect(next.position).toBe(301);
});

test.each([
  "😀.png",
  "مرحبا\u202egpj.exe",
  "a".repeat(900),
  "../../etc/passwd",
  "CON.jpg",
  "nul\0byte.png",
  "\ud800lone.png",
])("the name %j is kept for display and never reaches a path", async (name) => {
  const bytes = await tinyPng();
  const input = await registerOne(name, bytes.length);
  await send(input.id, bytes);
  await probeAll();
  const row = await stateOf(input.id);
  expect(row.state).toBe("ready");
  expect(row.sourceName.slice(0, 20)).toBe(name.replaceAll("\0", "").toWellFormed().slice(0, 20));
});

test("the same bytes twice are stored once and stay two inputs", async () => {
  const bytes = await tinyPng("#aa1122");
  const before = (await storedFiles()).length;
  const pair = [await registerOne("a.png", bytes.length), await registerOne("A.png", bytes.length)];
  for (const input of pair) await send(input.id, bytes);
  await probeAll();
  const rows = await Promise.all(pair.map(({ id }) => stateOf(id)));
  expect(rows.map(({ state }) => state)).toEqual(["ready", "ready"]);
  expect(rows[0]?.imageId).toBe(rows[1]?.imageId);
  expect(await testDb.db.select().from(images).where(eq(images.ownerId, userId))).toHaveLength(1);
  // One original and one thumbnail.
  expect((await storedFiles()).length - before).toBe(2);
});

test("a foreign input is like a missing one", async () => {
  const bytes = await tinyPng();
  const input = await registerOne("a.png", bytes.length);
  const stranger = await newUser();
  const errors = await Promise.all(
    [input.id, randomUUID()].map((id) => send(id, bytes, stranger.id).catch((error: Error) => error.message)),
  );
  expect(errors[0]).toBe(errors[1]);
  expect((await stateOf(input.id)).state).toBe("uploading");
});

test("a file that is cut off leaves nothing behind and can be sent again", async () => {
  const bytes = await tinyPng();
  const input = await registerOne("a.png", bytes.length);
  const before = await storedFiles();
  await expect(send(input.id, bytes.subarray(0, 20))).rejects.toMatchObject({ code: "bad_input" });
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(new Error("connection lost"));
    },
  });
  await expect(
    receiveUpload({ userId, inputId: input.id, body: broken, declaredBytes: bytes.length }),
  ).rejects.toThrow();
  expect(await storedFiles()).toEqual(before);
  await send(input.id, bytes);
  await probeAll();
  expect((await stateOf(input.id)).state).toBe("ready");
});

test("an over-long file is broken off at its limit", async () => {
  const input = await registerOne("huge.png", 60_000_000);
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1_000_000;
      controller.enqueue(new Uint8Array(1_000_000));
    },
  });
  const upload = receiveUpload({ userId, inputId: input.id, body: endless, declaredBytes: null });
  await expect(upload).rejects.toMatchObject({ code: "bad_input" });
  expect(sent).toBeLessThan(56_000_000);
});

test("two uploads of one input at once: one is kept", async () => {
  const bytes = await tinyPng("#00ff00");
  const input = await registerOne("a.png", bytes.length);
  const results = await Promise.allSettled([send(input.id, bytes), send(input.id, bytes)]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await probeAll();
  expect((await stateOf(input.id)).state).toBe("ready");
});

test("a file that is no image is refused alone, and its bytes go", async () => {
  const good = await tinyPng("#123456");
  const bad = new TextEncoder().encode("<html><script>alert(1)</script></html>");
  const [first, second] = [
    await registerOne("good.png", good.length),
    await registerOne("page.png", bad.length),
  ];
  await send(first.id, good);
  await send(second.id, bad);
  await probeAll();
  expect((await stateOf(first.id)).state).toBe("ready");
  const refused = await stateOf(second.id);
  expect(refused).toMatchObject({ state: "refused", refusal: "UNSUPPORTED_TYPE" });
  expect(await storedFiles()).not.toContain(refused.uploadKey?.split("/").at(-1));
});

test("a probe whose worker died is done again, and not for ever", async () => {
  const bytes = await tinyPng();
  const input = await registerOne("a.png", bytes.length);
  await send(input.id, bytes);
  const deadWorker = randomUUID();
  for (let deaths = 0; deaths <= MAX_LOST_PROBES; deaths += 1) {
    await dispatchProbes();
    expect((await stateOf(input.id)).state).toBe("probing");
    await testDb.db.update(inputs).set({ probeWorkerId: deadWorker }).where(eq(inputs.id, input.id));
    await releaseProbes({ deadWorkers: [deadWorker] });
  }
  expect(await stateOf(input.id)).toMatchObject({ state: "refused", refusal: "CRASHED_DECODER" });
});

test("a file that kills the decoder is refused after two crashes, and its neighbour is not", async () => {
  const killer = blackPng({ width: 10_000, height: 10_000, colour: GREY, interlaced: true });
  const good = await tinyPng("#0f0f0f");
  const [bad, neighbour] = [
    await registerOne("bad.png", killer.length),
    await registerOne("good.png", good.length),
  ];
  await send(bad.id, killer);
  await send(neighbour.id, good);
  for (let crashes = 1; crashes <= MAX_DECODER_CRASHES; crashes += 1) {
    await dispatchProbes();
    const { probes } = await stateOf(bad.id);
    const probe = probeInput({ inputId: bad.id, probe: probes });
    await killDecoderOf(bad.id, probes);
    await probe;
    expect((await stateOf(bad.id)).crashes).toBe(crashes);
  }
  expect(await stateOf(bad.id)).toMatchObject({ state: "refused", refusal: "CRASHED_DECODER" });
  await probeAll();
  expect((await stateOf(neighbour.id)).state).toBe("ready");
});

/** The decoder makes its scratch folder when it begins; then its process is killed as a crash would end it. */
async function killDecoderOf(inputId: string, probes: number) {
  const scratch = join(testDb.dataDir, "work", `${inputId}-${probes}`);
  await expect.poll(() => existsSync(scratch)).toBe(true);
  for (const pid of pixelPool().pids()) process.kill(pid, "SIGKILL");
}

test("probes are handed out fairly between owners", async () => {
  const bytes = await tinyPng();
  for (let i = 0; i < 12; i += 1) {
    const input = await registerOne(`${i}.png`, bytes.length);
    await testDb.db.update(inputs).set({ state: "probing" }).where(eq(inputs.id, input.id));
  }
  const other = (await newUser()).id;
  const theirs = await createSession({ userId: other, intent: randomUUID() });
  const [late] = await registerInputs({ userId: other, sessionId: theirs.id, files: [file("late.png", 1)] });
  await testDb.db
    .update(inputs)
    .set({ state: "probing" })
    .where(eq(inputs.id, late?.id ?? ""));
  await dispatchProbes();
  expect((await stateOf(late?.id ?? "")).probeLeaseUntil).not.toBeNull();
  await testDb.db.update(inputs).set({ state: "refused" }).where(eq(inputs.state, "probing"));
});

test("removing is undone exactly, and a started session is left alone", async () => {
  const made = await registerInputs({ userId, sessionId, files: [file("a", 1), file("b", 1), file("c", 1)] });
  const [a, b] = made.map(({ id }) => id);
  if (!a || !b) throw new Error("not registered");
  expect(await removeInputs({ userId, sessionId, inputIds: [a, b] })).toMatchObject({
    value: { changed: 2 },
  });
  expect(await removeInputs({ userId, sessionId, inputIds: [a, b] })).toMatchObject({
    value: { changed: 0 },
  });
  expect(await restoreInputs({ userId, sessionId, inputIds: [a] })).toMatchObject({ value: { changed: 1 } });
  expect((await stateOf(a)).position).toBe(made[0]?.position);
  const stranger = await newUser();
  const foreign = await removeInputs({ userId: stranger.id, sessionId, inputIds: [a] });
  expect(foreign).toMatchObject({ ok: false, reason: "not_found" });
  expect(await removeMatching({ userId, sessionId, match: "missing" })).toMatchObject({
    value: { changed: 2 },
  });
});

test("an image is left out and taken in again by its owner alone, and not once the session has started", async () => {
  const { id } = await registerOne("a.png", 1);
  const set = (excluded: boolean, who = userId) =>
    excludeInputs({ userId: who, sessionId, inputIds: [id], excluded });
  expect(await set(true)).toMatchObject({ value: { changed: 1 } });
  expect(await stateOf(id)).toMatchObject({ excluded: true, removedAt: null });
  expect(await set(false, (await newUser()).id)).toMatchObject({ ok: false, reason: "not_found" });
  await set(false);
  expect((await stateOf(id)).excluded).toBe(false);
  await testDb.db.update(sessions).set({ state: "running" }).where(eq(sessions.id, sessionId));
  expect(await set(true)).toMatchObject({ ok: false, reason: "started" });
  expect((await stateOf(id)).excluded).toBe(false);
});

test("an image has its own prompt, and gives it up again", async () => {
  const { id } = await registerOne("a.png", 1);
  const set = (mode: "inherit" | "append" | "replace", prompt: string) =>
    setInputPrompt({ userId, sessionId, inputIds: [id], mode, prompt });
  await set("replace", "make it green");
  expect(await stateOf(id)).toMatchObject({ promptMode: "replace", prompt: "make it green" });
  await set("inherit", "left over");
  expect(await stateOf(id)).toMatchObject({ promptMode: "inherit", prompt: "" });
});

test("several images get a prompt each in one request, theirs alone", async () => {
  const made = await registerInputs({ userId, sessionId, files: [file("a", 1), file("b", 1), file("c", 1)] });
  const [a = "", b = "", c = ""] = made.map(({ id }) => id);
  const prompts = [
    { inputId: b, prompt: 'it\'s "blue", 日本' },
    { inputId: a, prompt: "red" },
  ];
  expect(await setInputPrompts({ userId, sessionId, prompts })).toMatchObject({ value: { changed: 2 } });
  expect(await stateOf(a)).toMatchObject({ promptMode: "replace", prompt: "red" });
  expect(await stateOf(b)).toMatchObject({ promptMode: "replace", prompt: 'it\'s "blue", 日本' });
  expect(await stateOf(c)).toMatchObject({ promptMode: "inherit", prompt: "" });
  const other = await newUser();
  const foreign = await setInputPrompts({
    userId: other.id,
    sessionId,
    prompts: [{ inputId: a, prompt: "x" }],
  });
  expect(foreign).toMatchObject({ ok: false, reason: "not_found" });
  const { id: elsewhere } = await createSession({ userId: other.id, intent: randomUUID() });
  await setInputPrompts({ userId: other.id, sessionId: elsewhere, prompts: [{ inputId: a, prompt: "x" }] });
  expect((await stateOf(a)).prompt).toBe("red");
});
