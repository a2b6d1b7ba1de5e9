import { createHash, randomUUID } from "node:crypto";
import { put } from "@vercel/blob/client";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { POST as landed } from "@/app/api/uploads/landed/route";
import { images, inputs } from "@/db/schema";
import { createTestDb, type TestDb } from "@/db/test-db";
import { forgetEnv } from "@/lib/env";
import { createSession } from "@/lib/sessions/mutations/create-session";
import { storage } from "@/lib/storage";
import { sendToBlob } from "@/lib/storage/send-to-blob";
import type { UploadTarget } from "@/lib/storage/types";
import { UPLOAD_TYPE } from "@/lib/storage/upload-constants";
import { newUser, tinyPng } from "@/scripts/testing/factories";
import { BLOB_TOKEN, leadBlobTo, startBlob } from "@/scripts/testing/storage/blob-server";
import { startS3 } from "@/scripts/testing/storage/s3-server";
import { confirmUpload, openUpload } from "./direct-upload";
import { probeInput } from "./probe-input";
import { receiveUpload } from "./receive-upload";
import { registerInputs } from "./register-inputs";
import { sweepOrphans, sweepUploads } from "./sweep-uploads";

let testDb: TestDb;
let userId: string;
let sessionId: string;
let bytes: Buffer;

beforeAll(async () => {
  testDb = await createTestDb();
  bytes = Buffer.from(await tinyPng("#4477aa"));
});
afterAll(async () => {
  await testDb.close();
});
beforeEach(async () => {
  // What other tests left would take the places of this one's probe.
  await testDb.db.update(inputs).set({ state: "refused" }).where(eq(inputs.state, "probing"));
  userId = (await newUser()).id;
  sessionId = (await createSession({ userId, intent: randomUUID() })).id;
});
afterEach(() => vi.unstubAllEnvs());

function use(settings: Record<string, string>) {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  forgetEnv();
}

async function register(size = bytes.length): Promise<string> {
  const file = { clientId: randomUUID(), name: "a.png", path: "", bytes: size, modified: 1 };
  const [input] = await registerInputs({ userId, sessionId, files: [file] });
  if (!input) throw new Error("not registered");
  return input.id;
}

async function rowOf(inputId: string) {
  const [row] = await testDb.db.select().from(inputs).where(eq(inputs.id, inputId));
  if (!row) throw new Error("no input");
  return row;
}

async function probe(inputId: string) {
  await probeInput({ inputId, probe: (await rowOf(inputId)).probes });
  return rowOf(inputId);
}

async function keysBelow(prefix: string) {
  const keys: string[] = [];
  for await (const { key } of storage().list(prefix)) keys.push(key);
  return keys;
}

const age = (inputId: string) =>
  testDb.db.update(inputs).set({ updatedAt: sql`now() - interval '2 hours'` }).where(eq(inputs.id, inputId));

describe("S3", () => {
  let server: Awaited<ReturnType<typeof startS3>>;
  beforeAll(async () => {
    server = await startS3();
  });
  afterAll(() => server.stop());
  beforeEach(() => use(server.settings));

  async function open(inputId: string) {
    const { target } = await openUpload({ userId, inputId });
    if (target?.kind !== "put") throw new Error("no way into the storage");
    return target;
  }

  const send = ({ url, headers }: Extract<UploadTarget, { kind: "put" }>, body: Buffer) =>
    fetch(url, { method: "PUT", headers, body: new Uint8Array(body) });

  test("a file goes from the browser to the bucket, is looked at, and is kept apart from where it came in", async () => {
    const inputId = await register();
    const target = await open(inputId);
    expect((await send(target, bytes)).status).toBe(200);
    await confirmUpload({ userId, inputId });
    expect(await rowOf(inputId)).toMatchObject({ state: "probing", uploadSha256: null });
    const row = await probe(inputId);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(row).toMatchObject({ state: "ready", uploadKey: null, uploadSha256: sha256 });
    const [image] = await testDb.db
      .select()
      .from(images)
      .where(eq(images.id, row.imageId ?? ""));
    expect(image?.storageKey).toMatch(/^o\//);
    expect(await keysBelow(`u/${userId}/`)).toEqual([]);
    // The way in is still open for a while; what comes through it now reaches nobody.
    await send(target, Buffer.alloc(bytes.length, 7));
    const kept = await storage().get(image?.storageKey ?? "");
    expect(Buffer.from(await new Response(kept?.stream).arrayBuffer()).equals(bytes)).toBe(true);
  });

  test("the way in is for one place, type and size", async () => {
    const inputId = await register();
    const target = await open(inputId);
    expect(new URL(target.url).searchParams.get("X-Amz-Expires")).toBe("600");
    const tries = [
      send(target, Buffer.concat([bytes, bytes])),
      send({ ...target, headers: { "content-type": "text/html" } }, bytes),
      send({ ...target, url: target.url.replace(inputId, randomUUID()) }, bytes),
      send({ ...target, url: target.url.replace("Expires=600", "Expires=60000") }, bytes),
      fetch(target.url),
    ];
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(await keysBelow(`u/${userId}/`)).toEqual([]);
  });

  test("word of a file that is not there, or not whole, is not believed", async () => {
    const inputId = await register();
    await open(inputId);
    await expect(confirmUpload({ userId, inputId })).rejects.toMatchObject({ code: "bad_input" });
    await storage().put((await rowOf(inputId)).uploadKey ?? "", bytes.subarray(1));
    await expect(confirmUpload({ userId, inputId })).rejects.toThrow(
      `${bytes.length - 1} of ${bytes.length} bytes`,
    );
    expect((await rowOf(inputId)).state).toBe("uploading");
  });

  test("word that was lost is found out by asking again, and word that comes twice is harmless", async () => {
    const inputId = await register();
    await send(await open(inputId), bytes);
    expect(await openUpload({ userId, inputId })).toEqual({ here: true, target: null });
    await expect(confirmUpload({ userId, inputId })).rejects.toMatchObject({ code: "conflict" });
    expect((await rowOf(inputId)).state).toBe("probing");
  });

  test("a file of which nobody brought word is found by the sweep; one that never came can be sent again", async () => {
    const [whole, never] = [await register(), await register()];
    await send(await open(whole), bytes);
    await open(never);
    await age(whole);
    await age(never);
    await sweepUploads({ limit: 10 });
    expect((await rowOf(whole)).state).toBe("probing");
    expect(await rowOf(never)).toMatchObject({ state: "uploading", uploadKey: null });
    await send(await open(never), bytes);
    await confirmUpload({ userId, inputId: never });
  });

  test("another's input is like a missing one, and one over the limit gets no way in", async () => {
    const inputId = await register();
    const stranger = (await newUser()).id;
    const errors = await Promise.all(
      [inputId, randomUUID()].flatMap((id) => [
        openUpload({ userId: stranger, inputId: id }).catch(({ code }) => code),
        confirmUpload({ userId: stranger, inputId: id }).catch(({ code }) => code),
      ]),
    );
    expect(errors).toEqual(["not_found", "not_found", "not_found", "not_found"]);
    const huge = await register(60_000_000);
    await expect(openUpload({ userId, inputId: huge })).rejects.toMatchObject({ code: "bad_input" });
  });

  test("a second way in replaces the first; what comes through the first is swept after a day", async () => {
    const inputId = await register();
    const first = await open(inputId);
    const second = await open(inputId);
    await send(first, bytes);
    await expect(confirmUpload({ userId, inputId })).rejects.toMatchObject({ code: "bad_input" });
    await send(second, bytes);
    await confirmUpload({ userId, inputId });
    expect(await sweepOrphans()).toBe(0);
    expect(await keysBelow(`u/${userId}/`)).toHaveLength(2);
    expect(await sweepOrphans({ olderThanMs: 0 })).toBeGreaterThan(0);
    const { uploadKey } = await rowOf(inputId);
    expect(await keysBelow(`u/${userId}/`)).toEqual([uploadKey]);
  });
});

describe("Vercel Blob", () => {
  let server: Awaited<ReturnType<typeof startBlob>>;
  let giveBack: () => void;
  beforeAll(async () => {
    server = await startBlob();
    giveBack = leadBlobTo(server.address);
  });
  afterAll(async () => {
    giveBack();
    await server.stop();
  });
  beforeEach(() => use({ BLOB_READ_WRITE_TOKEN: BLOB_TOKEN, NEXTAUTH_URL: "https://sheet.example.com" }));

  async function open(inputId: string) {
    const { target } = await openUpload({ userId, inputId });
    if (target?.kind !== "vercel-blob") throw new Error("no way into the storage");
    return target;
  }

  const send = (
    { pathname, token }: { pathname: string; token: string },
    body: Buffer,
    contentType = UPLOAD_TYPE,
  ) => put(pathname, body, { access: "private", token, contentType });

  const tell = ({ body, signature }: { body: string; signature: string }) =>
    landed(
      new Request("https://sheet.example.com/api/uploads/landed", {
        method: "POST",
        body,
        headers: { "x-vercel-signature": signature },
      }),
      { params: Promise.resolve({}) },
    );

  test("the service's word is as good as the browser's, in any order and twice", async () => {
    const [byService, byBoth] = [await register(), await register()];
    await send(await open(byService), bytes);
    const word = server.blobs.callbacks.at(-1) ?? { url: "", body: "", signature: "" };
    expect(word.url).toBe("https://sheet.example.com/api/uploads/landed");
    expect([(await tell(word)).status, (await tell(word)).status]).toEqual([200, 200]);
    expect((await rowOf(byService)).state).toBe("probing");
    await expect(confirmUpload({ userId, inputId: byService })).rejects.toMatchObject({ code: "conflict" });
    expect(await probe(byService)).toMatchObject({ state: "ready" });

    const way = { ...(await open(byBoth)), file: new Blob([new Uint8Array(bytes)]), onProgress: () => {} };
    const { signal } = new AbortController();
    expect(await sendToBlob({ ...way, signal })).toBe(true);
    // A second time is refused, and a browser that is told so asks the app.
    expect(await sendToBlob({ ...way, signal })).toBe(false);
    expect(await sendToBlob({ ...way, signal: AbortSignal.abort() })).toBe(false);
    await confirmUpload({ userId, inputId: byBoth });
    expect(await probe(byBoth)).toMatchObject({ state: "ready" });
    const late = server.blobs.callbacks.at(-1) ?? word;
    expect((await tell(late)).status).toBe(200);
    expect((await rowOf(byBoth)).state).toBe("ready");
  });

  test("word that the service did not sign is not heard", async () => {
    const inputId = await register();
    const target = await open(inputId);
    await send(target, bytes);
    const { body = "" } = server.blobs.callbacks.at(-1) ?? {};
    for (const signature of ["", "00", "a".repeat(64)]) {
      expect((await tell({ body, signature })).status).toBe(404);
    }
    const { signature = "" } = server.blobs.callbacks.at(-1) ?? {};
    const other = body.replace(inputId, randomUUID());
    expect((await tell({ body: other, signature })).status).toBe(404);
    expect((await rowOf(inputId)).state).toBe("uploading");
  });

  test("the token is for one place, type and size, once", async () => {
    const inputId = await register();
    const target = await open(inputId);
    await expect(send(target, Buffer.concat([bytes, bytes]))).rejects.toThrow(/cannot be greater/);
    await expect(send(target, bytes, "text/html")).rejects.toThrow(/not allowed/);
    await expect(send({ ...target, pathname: `u/${userId}/other` }, bytes)).rejects.toThrow(/does not match/);
    await send(target, bytes);
    await expect(send(target, bytes)).rejects.toThrow(/already exists/);
  });
});

test("where files come through the app there is no way past it", async () => {
  use({ S3_ENDPOINT: "", BLOB_READ_WRITE_TOKEN: "" });
  const inputId = await register();
  expect(await openUpload({ userId, inputId })).toEqual({ here: false, target: null });
  const body = new Response(new Uint8Array(bytes)).body;
  if (!body) throw new Error("no body");
  await receiveUpload({ userId, inputId, body, declaredBytes: bytes.length });
  expect(await probe(inputId)).toMatchObject({ state: "ready" });
});
