import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BLOB_TOKEN, leadBlobTo, startBlob } from "@/scripts/testing/storage/blob-server";
import { type Fault, FaultProxy } from "@/scripts/testing/storage/fault-proxy";
import { startS3 } from "@/scripts/testing/storage/s3-server";
import { diskStorage } from "./disk";
import { newDirectKey, newUploadKey } from "./keys";
import { PART_BYTES } from "./remote/in-parts";
import { remoteStorage } from "./remote/remote-storage";
import { s3Store } from "./s3";
import type { Storage } from "./types";
import { blobStore } from "./vercel-blob";

const OWNER = "01a1fc57-0907-7254-87c2-32406572ee08";
const QUICK = { firstWaitMs: 5, stallMs: 150 };

type Opened = { storage: Storage; proxy: FaultProxy | null; workDir: string; close(): Promise<void> };

const drivers: Record<string, (folder: string) => Promise<Opened>> = {
  disk: async (folder) => ({
    storage: diskStorage(folder),
    proxy: null,
    workDir: folder,
    close: async () => {},
  }),
  s3: async (workDir) => {
    const server = await startS3();
    const proxy = new FaultProxy(server.address);
    const endpoint = await proxy.listen();
    const { S3_BUCKET: bucket, S3_REGION: region, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = server.settings;
    const keys = { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY };
    return {
      storage: remoteStorage(s3Store({ endpoint, bucket, region, ...keys }), { workDir, ...QUICK }),
      proxy,
      workDir,
      close: async () => {
        await proxy.close();
        await server.stop();
      },
    };
  },
  "vercel-blob": async (workDir) => {
    const server = await startBlob();
    const proxy = new FaultProxy(server.address);
    const giveBack = leadBlobTo(await proxy.listen());
    return {
      storage: remoteStorage(blobStore({ token: BLOB_TOKEN, callbackUrl: null }), { workDir, ...QUICK }),
      proxy,
      workDir,
      close: async () => {
        giveBack();
        await proxy.close();
        await server.stop();
      },
    };
  },
};

const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const key = () => newUploadKey(OWNER);

describe.each(Object.entries(drivers))("%s", (name, open) => {
  let opened: Opened;
  let store: Storage;
  const small = randomBytes(50_000);
  /** Two parts, the last of them a short one. */
  const large = randomBytes(PART_BYTES + 12_345);

  beforeAll(async () => {
    opened = await open(await mkdtemp(join(tmpdir(), "contact-sheet-storage-")));
    store = opened.storage;
  });
  afterAll(async () => {
    await opened.close();
    await rm(opened.workDir, { recursive: true, force: true });
  });
  beforeEach(() => {
    opened.proxy?.plan();
  });

  async function read(at: string, range?: { start: number; end?: number }): Promise<Buffer | null> {
    const object = await store.get(at, range);
    return object && Buffer.from(await new Response(object.stream).arrayBuffer());
  }

  async function* inChunks(bytes: Uint8Array, size = 70_000) {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }

  test("what is put is got, whole and in ranges", async () => {
    const at = key();
    expect(await store.put(at, Buffer.from("0123456789"))).toEqual({ size: 10 });
    expect((await read(at))?.toString()).toBe("0123456789");
    const part = await store.get(at, { start: 3, end: 5 });
    expect(part).toMatchObject({ start: 3, size: 3, total: 10 });
    expect(await new Response(part?.stream).text()).toBe("345");
    expect((await read(at, { start: 8 }))?.toString()).toBe("89");
    expect((await read(at, { start: 8, end: 99 }))?.toString()).toBe("89");
    expect((await read(at, { start: 0, end: 0 }))?.toString()).toBe("0");
    await expect(store.get(at, { start: 10 })).rejects.toThrow(RangeError);
    await expect(store.get(at, { start: 5, end: 4 })).rejects.toThrow(RangeError);
    expect(await store.head(at)).toEqual({ size: 10 });
  });

  test.each([
    ["nothing", 0],
    ["exactly a part", PART_BYTES],
    ["a byte more than a part", PART_BYTES + 1],
    ["several parts", 2 * PART_BYTES + 12_345],
  ])("a stream of %s is stored byte for byte", async (_, size) => {
    const at = key();
    const bytes = Buffer.concat([large, large]).subarray(0, size);
    expect(await store.put(at, inChunks(bytes))).toEqual({ size });
    expect(await store.head(at)).toEqual({ size });
    const back = await read(at);
    expect(back?.length).toBe(size);
    expect(sha(back ?? new Uint8Array())).toBe(sha(bytes));
  });

  test("a second put replaces the first for every reader at once", async () => {
    const at = key();
    await store.put(at, Buffer.from("the first, which is longer"));
    expect((await read(at))?.length).toBe(26);
    await store.put(at, Buffer.from("second"));
    expect((await read(at))?.toString()).toBe("second");
  });

  test.each([
    ["in one request", 200_000],
    ["in parts", PART_BYTES + 10_000],
  ])("a source that breaks off %s leaves what was there, and nothing of itself", async (_, reach) => {
    const [kept, fresh] = [key(), key()];
    await store.put(kept, Buffer.from("first"));
    async function* breaksOff() {
      yield* inChunks(large.subarray(0, reach));
      throw new Error("connection lost");
    }
    await expect(store.put(kept, breaksOff())).rejects.toThrow("connection lost");
    await expect(store.put(fresh, breaksOff())).rejects.toThrow("connection lost");
    expect((await read(kept))?.toString()).toBe("first");
    expect([await store.head(fresh), await store.get(fresh)]).toEqual([null, null]);
  });

  test("a file is moved in, and comes back as a local file until it is released", async () => {
    const at = key();
    const from = join(opened.workDir, "made.png");
    await writeFile(from, small);
    expect(await store.putFile(at, from)).toEqual({ size: small.length });
    expect(existsSync(from)).toBe(false);
    const file = await store.localFile(at);
    expect(sha(await readFile(file?.path ?? ""))).toBe(sha(small));
    await file?.release();
    expect((await readdir(opened.workDir)).filter((one) => one.startsWith("copy-"))).toEqual([]);
    expect(sha((await read(at)) ?? new Uint8Array())).toBe(sha(small));
  });

  test("what is gone is null, and deleting it again is no error", async () => {
    const [one, two] = [key(), key()];
    await store.put(one, small);
    await store.put(two, small);
    expect((await read(one))?.length).toBe(small.length);
    await store.delete([one, two]);
    await store.delete([one, two]);
    await store.delete([]);
    expect([await store.get(one), await store.head(two), await store.localFile(one)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test("a list has every object below a prefix, over all its pages, and no more", async () => {
    const inputId = "01a1fc57-0907-7254-87c2-000000000001";
    const mine = Array.from({ length: 5 }, () => newDirectKey({ ownerId: OWNER, inputId }));
    for (const at of mine) await store.put(at, Buffer.from("abc"));
    await store.check();
    const found = [];
    for await (const object of store.list(`u/${OWNER}/${inputId}/`)) found.push(object);
    expect(found.map((object) => object.key).sort()).toEqual([...mine].sort());
    expect(found.every(({ size, modified }) => size === 3 && Date.now() - +modified < 600_000)).toBe(true);
    const all = [];
    for await (const object of store.list("")) all.push(object.key);
    expect(all.filter((at) => at.startsWith("health"))).toEqual([]);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(5);
  });

  test("a reader that goes away is let go", async () => {
    const at = key();
    await store.put(at, large);
    for (let i = 0; i < 3; i += 1) {
      const reader = (await store.get(at))?.stream.getReader();
      await reader?.read();
      await reader?.cancel();
    }
    expect((await read(at))?.length).toBe(large.length);
  });

  test.each([
    "../x",
    "/etc/passwd",
    "o/../../x",
    "o/a\0b",
    "o",
    "",
    "O/UPPER",
    "o//x",
    "o/a?b",
    "o/ä",
    "o/%2e%2e",
  ])("%j is no key", async (bad) => {
    for (const use of [
      () => store.put(bad, small),
      () => store.get(bad),
      () => store.head(bad),
      () => store.delete([bad]),
      () => store.localFile(bad),
    ]) {
      await expect((async () => use())()).rejects.toThrow(RangeError);
    }
  });

  if (name === "disk") return;
  describe("over a bad network", () => {
    const plan = (...faults: Fault[]) => opened.proxy?.plan(...faults);
    const WRITE = name === "s3" ? { method: "PUT" } : { method: "PUT", path: /pathname=/ };
    const FAULTS = ["503", "reset", "answer lost", "half written"] as const;
    const PART = name === "s3" ? { path: /partNumber=1/ } : { path: /mpu/, method: "POST" };

    test.each([...FAULTS, ...(name === "s3" ? (["corrupted"] as const) : [])])(
      "a write that meets %s is repeated, and no half object is there meanwhile",
      async (kind) => {
        const at = key();
        plan({ kind, ...WRITE, times: 2 });
        await store.put(at, small);
        expect(opened.proxy?.plan()).toBe(0);
        expect(sha((await read(at)) ?? new Uint8Array())).toBe(sha(small));
      },
    );

    test.each(FAULTS)("parts that meet %s are sent again, and joined once", async (kind) => {
      const at = key();
      plan({ kind, ...PART, times: 2 }, { kind, path: /mpu|uploadId=[^&]+$/, method: "POST" });
      await store.put(at, inChunks(large));
      expect(sha((await read(at)) ?? new Uint8Array())).toBe(sha(large));
    });

    test.each(["503", "reset", "answer cut", "answer stalls"] as const)(
      "a read that meets %s goes on where it stopped",
      async (kind) => {
        const at = key();
        await store.put(at, small);
        plan({ kind, method: "GET", times: 3 });
        expect(sha((await read(at)) ?? new Uint8Array())).toBe(sha(small));
        expect(opened.proxy?.plan()).toBe(0);
        plan({ kind, method: "GET", times: 2 });
        expect((await read(at, { start: 100, end: 20_099 }))?.equals(small.subarray(100, 20_100))).toBe(true);
      },
    );

    test("an object that changes while it is read is never served as a mixture", async () => {
      const at = key();
      await store.put(at, small);
      plan({ kind: "answer cut", method: "GET" });
      const object = await store.get(at);
      await store.put(at, randomBytes(small.length));
      await expect(new Response(object?.stream).arrayBuffer()).rejects.toThrow();
    });

    test("a storage that stays away is said as such, and is used again when it is back", async () => {
      const at = key();
      plan({ kind: "503", times: 100 });
      await expect(store.put(at, small)).rejects.toMatchObject({ code: "storage_unavailable" });
      await expect(store.get(at)).rejects.toMatchObject({ code: "storage_unavailable" });
      await expect(store.head(at)).rejects.toMatchObject({ code: "storage_unavailable" });
      plan();
      await store.put(at, small);
      expect(await store.head(at)).toEqual({ size: small.length });
    });

    test("a copy that cannot be had whole leaves no file behind", async () => {
      const at = key();
      await store.put(at, small);
      plan({ kind: "answer cut", method: "GET", times: 100 });
      await expect(store.localFile(at)).rejects.toMatchObject({ code: "storage_unavailable" });
      expect((await readdir(opened.workDir)).filter((one) => one.startsWith("copy-"))).toEqual([]);
    });
  });
});

test("wrong keys of a service are said with the names of the settings, at once", async () => {
  const server = await startS3();
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = server.settings;
  const config = { endpoint: server.address, region: "eu-test-1", bucket: "sheet", accessKeyId };
  const workDir = tmpdir();
  const wrong = remoteStorage(s3Store({ ...config, secretAccessKey: "wrong" }), { workDir });
  await expect(wrong.put(key(), Buffer.from("x"))).rejects.toThrow(/S3_SECRET_ACCESS_KEY/);
  // A bucket that is not there must not look like lost files.
  const elsewhere = remoteStorage(s3Store({ ...config, secretAccessKey, bucket: "another" }), { workDir });
  await expect(elsewhere.head(key())).rejects.toThrow(/S3_BUCKET/);
  await expect(elsewhere.get(key())).rejects.toThrow(/S3_BUCKET/);
  await server.stop();
});

test("uploads in parts that nobody finished in a day are ended, and no younger one", async () => {
  const server = await startS3();
  const { settings, bucket } = server;
  const { S3_ENDPOINT: endpoint, S3_BUCKET, S3_REGION: region } = settings;
  const keys = { accessKeyId: settings.S3_ACCESS_KEY_ID, secretAccessKey: settings.S3_SECRET_ACCESS_KEY };
  bucket.begin("o/old/part", new Date(Date.now() - 2 * 86_400_000));
  bucket.begin("o/young/part");
  const store = remoteStorage(s3Store({ endpoint, bucket: S3_BUCKET, region, ...keys }), {
    workDir: tmpdir(),
  });
  await store.tidy();
  expect([...bucket.uploads.values()].map((upload) => upload.key)).toEqual(["o/young/part"]);
  await server.stop();
});
