import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { StorageError } from "@/lib/errors";
import { diskStorage } from "./disk";
import { newUploadKey, thumbKey } from "./keys";
import type { Storage } from "./types";

let root: string;
let store: Storage;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "contact-sheet-disk-"));
  store = diskStorage(root);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const read = async (key: string, range?: { start: number; end?: number }) => {
  const object = await store.get(key, range);
  return object && { text: await new Response(object.stream).text(), size: object.size, total: object.total };
};
const key = () => newUploadKey("01a1fc57-0907-7254-87c2-32406572ee08");

test("what is put is got, whole and in ranges", async () => {
  const at = key();
  expect(await store.put(at, bytes("0123456789"))).toEqual({ size: 10 });
  expect(await read(at)).toEqual({ text: "0123456789", size: 10, total: 10 });
  expect(await read(at, { start: 3, end: 5 })).toEqual({ text: "345", size: 3, total: 10 });
  expect(await read(at, { start: 8, end: 99 })).toEqual({ text: "89", size: 2, total: 10 });
  await expect(store.get(at, { start: 10 })).rejects.toThrow(RangeError);
  expect(await store.head(at)).toEqual({ size: 10 });
});

test("an empty object is an object", async () => {
  const at = key();
  await store.put(at, bytes(""));
  expect(await read(at)).toEqual({ text: "", size: 0, total: 0 });
});

test("a second put replaces the first, a failed one leaves it and nothing else", async () => {
  const at = key();
  await store.put(at, bytes("first"));
  async function* breaksOff() {
    yield bytes("half");
    throw new Error("connection lost");
  }
  await expect(store.put(at, breaksOff())).rejects.toThrow("connection lost");
  expect((await read(at))?.text).toBe("first");
  expect(await readdir(join(root, "tmp"))).toEqual([]);
  await store.put(at, bytes("second"));
  expect((await read(at))?.text).toBe("second");
});

test("a folder that is taken away in the middle of a write is a storage that cannot be written; what a body lacks is not", async () => {
  async function* inTheMiddle() {
    yield bytes("half");
    await rm(join(root, "tmp"), { recursive: true });
  }
  await expect(store.put(key(), inTheMiddle())).rejects.toThrow(StorageError);
  const missing = join(tmpdir(), "contact-sheet-nowhere");
  async function* ofNothing() {
    yield await readFile(missing);
  }
  await expect(store.put(key(), ofNothing())).rejects.toThrow(/^ENOENT/);
  await expect(store.putFile(key(), missing)).rejects.toThrow(/^ENOENT/);
});

test("a file is moved in, and is there under its local path", async () => {
  const from = join(root, "made.png");
  await writeFile(from, "pixels");
  const at = thumbKey("01a1fc57-0907-7254-87c2-32406572ee08", "ab".repeat(32), 256);
  expect(await store.putFile(at, from)).toEqual({ size: 6 });
  expect((await readdir(root)).includes("made.png")).toBe(false);
  expect((await store.localFile(at))?.path.startsWith(root)).toBe(true);
});

test("what is gone is null, and deleting it again is no error", async () => {
  const at = key();
  await store.put(at, bytes("x"));
  await store.delete([at]);
  await store.delete([at]);
  expect([await store.get(at), await store.head(at), await store.localFile(at)]).toEqual([null, null, null]);
});

test("a reader that goes away leaves no open file behind", async () => {
  const at = key();
  await store.put(at, new Uint8Array(4_000_000));
  const before = await openFiles();
  for (let i = 0; i < 20; i += 1) {
    const reader = (await store.get(at))?.stream.getReader();
    await reader?.read();
    await reader?.cancel();
  }
  await expect.poll(openFiles).toBeLessThanOrEqual(before + 1);
});

async function openFiles(): Promise<number> {
  const list = await readdir("/proc/self/fd").catch(() => []);
  return list.length;
}

describe("trouble", () => {
  test("too little space is said before a byte is written", async () => {
    const full = diskStorage(root, { minFreeBytes: Number.MAX_SAFE_INTEGER });
    await expect(full.put(key(), bytes("x"))).rejects.toMatchObject({ code: "storage_full" });
    await expect(full.check()).rejects.toMatchObject({ code: "storage_full" });
  });

  test("a folder that cannot be written is said as such", async () => {
    const blocked = join(root, "blocked");
    await writeFile(blocked, "a file where a folder should be");
    await expect(diskStorage(blocked).put(key(), bytes("x"))).rejects.toMatchObject({
      code: "storage_unavailable",
    });
  });
});

test.each([
  "../etc/passwd",
  "/etc/passwd",
  "o/../../x",
  "o/a\0b",
  "o",
  "",
  "O/UPPER",
  "o//x",
  `o/${"a".repeat(400)}`,
])("%j is no key", async (bad) => {
  await expect((async () => store.put(bad, bytes("x")))()).rejects.toThrow(RangeError);
  await expect((async () => store.get(bad))()).rejects.toThrow(RangeError);
});
