import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeDb } from "@/db";
import { REFUSAL_CODES } from "@/lib/images/types";
import { createSession } from "@/lib/sessions/mutations/create-session";
import { startPostgres } from "@/scripts/postgres.mjs";
import { CookieJar } from "@/scripts/testing/cookie-jar";
import { newUser } from "@/scripts/testing/factories";
import { hostileImages } from "@/scripts/testing/hostile-images";
import { joinDatabase } from "./owned-sessions";
import { drawPhotos } from "./photos";
import { SheetClient, type TestFile } from "./sheet-client";
import { signInWithPassword } from "./sign-in";

const address = inject("address");
const dataDir = inject("appDataDir");
let client: SheetClient;
let userId: string;
let stranger: SheetClient;

beforeAll(async () => {
  await joinDatabase({ address, dataDir, databaseUrl: async () => (await startPostgres({ dataDir })).url });
  ({ client, userId } = await newMember());
  ({ client: stranger } = await newMember());
});
afterAll(closeDb);

async function newMember() {
  const { jar, id } = await signInWithPassword(address, newUser);
  return { client: new SheetClient(address, jar), userId: id };
}

async function newSession(): Promise<string> {
  return (await createSession({ userId, intent: randomUUID() })).id;
}

test("the hostile set goes in among good files: each gets its own verdict, the good ones go on", async () => {
  const hostile: { file: TestFile; ok: boolean }[] = [];
  for await (const one of hostileImages()) {
    const { name, bytes, expect: wanted } = one;
    hostile.push({ file: { name, bytes }, ok: wanted.ok });
  }
  const sessionId = await newSession();
  const good = await drawPhotos(6);
  await client.upload(sessionId, [...hostile.map(({ file }) => file), ...good]);
  const inputs = await client.untilProbed(sessionId, hostile.length + good.length);
  for (const { position, state, name, refusal } of inputs) {
    const wanted = hostile[position - 1]?.ok ?? true;
    expect(state === "ready", name).toBe(wanted);
    if (refusal) expect(REFUSAL_CODES).toContain(refusal.code);
  }
  expect((await client.get("/api/ready")).status).toBe(200);
});

test("a picture and its thumbnails are served to their owner alone, with ranges, and never as a page", async () => {
  const sessionId = await newSession();
  const [photo] = await drawPhotos(1);
  if (!photo) throw new Error("no photo");
  await client.upload(sessionId, [photo]);
  const imageId = (await client.untilReady(sessionId, 1))[0]?.imageId;
  const full = `/api/files/${imageId}/full`;
  const whole = await client.get(full);
  const bytes = Buffer.from(await whole.arrayBuffer());
  expect(bytes.equals(Buffer.from(photo.bytes))).toBe(true);
  expect(whole.headers.get("content-type")).toBe("image/jpeg");
  expect(whole.headers.get("x-content-type-options")).toBe("nosniff");
  expect(whole.headers.get("content-security-policy")).toContain("sandbox");
  for (const [range, from, to] of [
    ["bytes=10-19", 10, 20],
    ["bytes=-5", bytes.length - 5, bytes.length],
    [`bytes=${bytes.length - 3}-`, bytes.length - 3, bytes.length],
  ] as const) {
    const part = await client.get(full, { headers: { range } });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(from, to))).toBe(true);
  }
  expect((await client.get(full, { headers: { range: "bytes=99999999-" } })).status).toBe(416);
  const etag = whole.headers.get("etag") ?? "";
  expect((await client.get(full, { headers: { "if-none-match": etag } })).status).toBe(304);
  const missing = await stranger.get(`/api/files/${randomUUID()}/full`);
  const foreign = await stranger.get(full);
  expect([foreign.status, await wordsOf(foreign)]).toEqual([missing.status, await wordsOf(missing)]);
  expect(missing.status).toBe(404);
  expect((await fetch(address + full)).status).toBe(401);
  const saved = await client.get(
    `/api/files/${imageId}/download?name=${encodeURIComponent('../a"b\r\nx: y\u202e.exe')}`,
  );
  expect(saved.headers.get("content-disposition")).toMatch(
    /^attachment; filename="[^"\r\n]+"; filename\*=UTF-8''[\w.%-]+\.jpg$/,
  );
});

async function wordsOf(response: Response): Promise<string> {
  const { reason, words } = await response.json();
  return `${reason}: ${words}`;
}

test("someone else's ids are answered like missing ones, on every route", async () => {
  const sessionId = await newSession();
  const [input] = await client.register(sessionId, await drawPhotos(1));
  const paths: [string, string, RequestInit?][] = [
    [`/api/sessions/${sessionId}/changes?since=0`, `/api/sessions/${randomUUID()}/changes?since=0`],
    [`/api/sessions/${sessionId}/rows?after=0`, `/api/sessions/${randomUUID()}/rows?after=0`],
    [`/api/sessions/${sessionId}/download`, `/api/sessions/${randomUUID()}/download`],
    [`/api/sessions/${sessionId}/shares`, `/api/sessions/${randomUUID()}/shares`],
    [`/api/inputs/${input?.id}`, `/api/inputs/${randomUUID()}`],
    [`/api/uploads/${input?.id}`, `/api/uploads/${randomUUID()}`, { method: "PUT", body: "x" }],
    [
      `/api/sessions/${sessionId}/inputs`,
      `/api/sessions/${randomUUID()}/inputs`,
      {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          files: [{ clientId: randomUUID(), name: "a", path: "", bytes: 1, modified: null }],
        }),
      },
    ],
  ];
  for (const [theirs, nobodys, init] of paths) {
    const foreign = await stranger.get(theirs, init);
    const missing = await stranger.get(nobodys, init);
    expect([foreign.status, await foreign.text().then(withoutId)], theirs).toEqual([
      404,
      withoutId(await missing.text()),
    ]);
    expect((await fetch(address + theirs, init)).status, theirs).toBe(401);
  }
});

function withoutId(text: string): string {
  return text.replace(/"requestId":"[^"]*"/, "");
}

test("a request from another site changes nothing", async () => {
  const sessionId = await newSession();
  for (const origin of ["https://evil.example", "null"]) {
    const response = await client.get(`/api/sessions/${sessionId}/inputs`, {
      method: "POST",
      headers: { "content-type": "application/json", origin },
      body: JSON.stringify({
        files: [{ clientId: randomUUID(), name: "a", path: "", bytes: 1, modified: null }],
      }),
    });
    expect(response.status).toBe(400);
  }
  expect((await client.rows(sessionId)).inputs).toHaveLength(0);
});

test("an upload that breaks off leaves the input waiting, and the same file can come again", async () => {
  const sessionId = await newSession();
  const [photo] = await drawPhotos(1, { width: 1600, height: 1200 });
  if (!photo) throw new Error("no photo");
  const [input] = await client.register(sessionId, [photo]);
  const abort = new AbortController();
  const slow = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(photo.bytes.subarray(0, 1_000));
      setTimeout(() => abort.abort(), 100);
    },
  });
  const cut = client.get(`/api/uploads/${input?.id}`, {
    method: "PUT",
    body: slow,
    signal: abort.signal,
    duplex: "half",
  } as RequestInit);
  await expect(cut).rejects.toThrow();
  expect((await client.put(input?.id ?? "", photo.bytes)).status).toBe(200);
  await client.untilReady(sessionId, 1);
});

test("an unchanged session is answered in a few bytes", async () => {
  const sessionId = await newSession();
  const { cursor } = await client.rows(sessionId);
  const answer = await client.get(`/api/sessions/${sessionId}/changes?since=${cursor}`);
  expect(answer.status).toBe(304);
  expect(await answer.text()).toBe("");
});

test("health answers to anyone, and ready names its parts", async () => {
  expect((await fetch(`${address}/api/health`)).status).toBe(200);
  const ready = await fetch(`${address}/api/ready`);
  expect(await ready.json()).toMatchObject({
    ok: true,
    database: { ok: true },
    storage: { ok: true },
    engine: { ok: true },
  });
});

test("the Inngest route is shut while Inngest is not in use", async () => {
  for (const method of ["GET", "PUT", "POST"]) {
    expect((await fetch(`${address}/api/inngest`, { method })).status).toBe(404);
  }
});

test("a signed-out jar gets 401, not data", async () => {
  const nobody = new SheetClient(address, new CookieJar());
  expect((await nobody.get("/api/running")).status).toBe(401);
});
