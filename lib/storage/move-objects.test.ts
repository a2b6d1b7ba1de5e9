import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { runMove } from "@/scripts/move/run-move";
import { startS3 } from "@/scripts/testing/storage/s3-server";
import { diskStorage } from "./disk";
import { newUploadKey, thumbKey } from "./keys";
import { moveObjects } from "./move-objects";
import { openStorage } from "./open";
import { parseStorageSettings } from "./schemas";
import type { Storage } from "./types";

const OWNER = "01a1fc57-0907-7254-87c2-32406572ee08";

let server: Awaited<ReturnType<typeof startS3>>;
let dataDir: string;
let disk: Storage;
let s3: Storage;
let objects: Map<string, Buffer>;

beforeAll(async () => {
  server = await startS3();
});
afterAll(() => server.stop());
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "contact-sheet-move-"));
  disk = diskStorage(join(dataDir, "storage"));
  s3 = openStorage("s3", { ...parseStorageSettings(server.settings), DATA_DIR: dataDir });
  for await (const { key } of s3.list("")) await s3.delete([key]);
  objects = new Map(
    Array.from({ length: 12 }, (_, i) => [
      i % 2 ? newUploadKey(OWNER) : thumbKey(OWNER, randomBytes(32).toString("hex"), 256),
      randomBytes(i * 1_000),
    ]),
  );
  for (const [key, bytes] of objects) await disk.put(key, bytes);
  return () => rm(dataDir, { recursive: true, force: true });
});

const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function contentOf(store: Storage): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { key } of store.list("")) {
    const object = await store.get(key);
    found.set(key, sha(new Uint8Array(await new Response(object?.stream).arrayBuffer())));
  }
  return found;
}

const expected = () => new Map([...objects].map(([key, bytes]) => [key, sha(bytes)]));
const sorted = (map: Map<string, string>) => [...map].sort(([a], [b]) => a.localeCompare(b));

test("everything arrives byte for byte, the source stays, and a second run copies nothing", async () => {
  expect(await moveObjects({ from: disk, to: s3 })).toMatchObject({ copied: 12, same: 0, failed: [] });
  expect(sorted(await contentOf(s3))).toEqual(sorted(expected()));
  expect(sorted(await contentOf(disk))).toEqual(sorted(expected()));
  expect(await moveObjects({ from: disk, to: s3 })).toMatchObject({ copied: 0, same: 12, failed: [] });
});

test("another object under the same name is replaced, also one of the same size", async () => {
  const [[first = "", bytes = Buffer.alloc(0)] = [], [second = ""] = []] = [...objects].slice(-2);
  await s3.put(first, randomBytes(bytes.length));
  await s3.put(second, Buffer.from("short"));
  expect(await moveObjects({ from: disk, to: s3 })).toMatchObject({ copied: 12, same: 0 });
  expect(sorted(await contentOf(s3))).toEqual(sorted(expected()));
});

test("bytes that change on their way are noticed and taken back, and hold up no other object", async () => {
  const [bad = ""] = [...objects.keys()].slice(-1);
  const spoiling: Storage = {
    ...s3,
    put: (key, body) => (key === bad ? s3.put(key, Buffer.alloc(11_000)) : s3.put(key, body)),
  };
  const moved = await moveObjects({ from: disk, to: spoiling });
  expect(moved).toMatchObject({ copied: 11, failed: [{ key: bad }] });
  expect(await s3.head(bad)).toBeNull();
  expect(await moveObjects({ from: disk, to: s3 })).toMatchObject({ copied: 1, same: 11, failed: [] });
});

test("the command goes on where it was cut off, says what it did, and clears the source only when asked and whole", async () => {
  const env = { ...server.settings, DATA_DIR: dataDir };
  const said: string[] = [];
  const run = (...args: string[]) => runMove(args, { env, say: (line) => said.push(line) });
  const [first = ""] = objects.keys();
  await moveObjects({ from: disk, to: s3 });
  await s3.delete([first]);
  expect(await run("--from", "disk", "--to", "s3")).toBe(0);
  expect(said.join("\n")).toContain("1 copied, 11 there already");
  const journal = await readFile(join(dataDir, "move-disk-to-s3.log"), "utf8");
  expect(journal.trim().split("\n")).toHaveLength(12);
  expect(await run("--from", "disk", "--to", "s3", "--clear-source")).toBe(0);
  expect(said.join("\n")).toContain("12 known from an earlier run");
  expect((await contentOf(disk)).size).toBe(0);
  expect(sorted(await contentOf(s3))).toEqual(sorted(expected()));
  expect(await run("--from", "s3", "--to", "disk")).toBe(0);
  expect(sorted(await contentOf(disk))).toEqual(sorted(expected()));
});

test("wrong words stop it before anything is read", async () => {
  const run = (args: string[], env: Record<string, string> = { DATA_DIR: dataDir }) =>
    runMove(args, { env, say: () => {} });
  await expect(run(["--from", "disk"])).rejects.toThrow("--to");
  await expect(run(["--from", "disk", "--to", "disk"])).rejects.toThrow("same");
  await expect(run(["--from", "disk", "--to", "ftp"])).rejects.toThrow("s3");
  await expect(run(["--from", "disk", "--to", "s3"])).rejects.toThrow("S3_ENDPOINT");
  await expect(run(["--from", "disk", "--to", "s3", "--fast"])).rejects.toThrow("--fast");
});
