import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { StorageError } from "@/lib/errors";
import { removeOld } from "@/lib/remove-old";
import { byteStream } from "./byte-stream";
import { assertKey } from "./keys";
import { UNWRITABLE } from "./trouble";
import type { ByteRange, ListedObject, Storage, StoredObject } from "./types";

/** A file where a folder should be, or the other way round. */
const MISPLACED = ["ENOTDIR", "EEXIST", "EISDIR"];

/** Writes stop below this much free space, so that the database on the same disk keeps room to breathe. */
const MIN_FREE_BYTES = 256 * 1024 * 1024;

/** Files below `root`. A write is durable (fsync of file and folder) and appears in one instant (rename). */
export function diskStorage(root: string, { minFreeBytes = MIN_FREE_BYTES } = {}): Storage {
  const pathOf = (key: string) => {
    assertKey(key);
    return join(root, "files", key);
  };
  const temp = () => join(root, "tmp", randomUUID());

  async function commit(tempPath: string, key: string): Promise<{ size: number }> {
    const path = pathOf(key);
    await syncFile(tempPath);
    const { size } = await stat(tempPath);
    await mkdir(dirname(path), { recursive: true });
    await rename(tempPath, path);
    await syncFile(dirname(path));
    return { size };
  }

  /** Runs a write; whatever it left half done is removed. */
  async function writing<T>(tempPath: string, work: () => Promise<T>): Promise<T> {
    try {
      await mkdir(dirname(tempPath), { recursive: true });
      await requireSpace(root, minFreeBytes);
      return await work();
    } catch (error) {
      await rm(tempPath, { force: true }).catch(() => undefined);
      throw asStorageError(error, root);
    }
  }

  return {
    put(key, body) {
      const path = temp();
      return writing(path, async () => {
        const source = body instanceof Uint8Array ? [body] : body;
        await pipeline(Readable.from(source), createWriteStream(path, { mode: 0o600 }));
        return commit(path, key);
      });
    },

    putFile(key, from) {
      const path = temp();
      return writing(path, async () => {
        await rename(from, path).catch(async (error: NodeJS.ErrnoException) => {
          if (error.code !== "EXDEV") throw error;
          await copyFile(from, path);
          await rm(from, { force: true });
        });
        return commit(path, key);
      });
    },

    async get(key, range) {
      const total = await sizeOf(pathOf(key));
      if (total === null) return null;
      return openRange(pathOf(key), total, range);
    },

    async head(key) {
      const size = await sizeOf(pathOf(key));
      return size === null ? null : { size };
    },

    async delete(keys) {
      await Promise.all(keys.map((key) => rm(pathOf(key), { force: true })));
    },

    async localFile(key) {
      const path = pathOf(key);
      if ((await sizeOf(path)) === null) return null;
      return { path, release: async () => {} };
    },

    list: (prefix) => listFolder(join(root, "files"), prefix),

    // Files come through the app.
    uploadTarget: async () => null,

    tidy: () => removeOld(join(root, "tmp")),

    async check() {
      const path = temp();
      await writing(path, async () => {
        const file = await open(path, "w", 0o600);
        await file.write("ok").finally(() => file.close());
        await rm(path, { force: true });
      });
    },
  };
}

function openRange(path: string, total: number, range?: ByteRange): StoredObject {
  const start = range?.start ?? 0;
  const end = Math.min(range?.end ?? total - 1, total - 1);
  if (range && (start >= total || end < start)) throw new RangeError(`bytes */${total}`);
  const size = total === 0 ? 0 : end - start + 1;
  const file = createReadStream(path, { start, end: Math.max(end, 0), highWaterMark: 256 * 1024 });
  return { stream: byteStream(file), size, total, start };
}

async function* listFolder(root: string, prefix: string): AsyncGenerator<ListedObject> {
  // Below the deepest folder that the prefix names whole.
  const folders = [join(root, ...prefix.split("/").slice(0, -1))];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(noFolder);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      const key = relative(root, path).split(sep).join("/");
      if (entry.isDirectory()) folders.push(path);
      else if (key.startsWith(prefix)) {
        const found = await stat(path).catch(() => null);
        if (found) yield { key, size: found.size, modified: found.mtime };
      }
    }
  }
}

function noFolder(error: unknown): never[] {
  if (isErrno(error) && (error.code === "ENOENT" || error.code === "ENOTDIR")) return [];
  throw asStorageError(error);
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isErrno(error) && error.code === "ENOENT") return null;
    throw asStorageError(error);
  }
}

async function requireSpace(root: string, minFreeBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(root);
  if (bavail * bsize < minFreeBytes) throw full();
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r");
  await file.sync().finally(() => file.close());
}

/** `written`: below it, what is missing was made a moment ago and taken away since. */
function asStorageError(error: unknown, written?: string): unknown {
  if (!isErrno(error)) return error;
  if (error.code === "ENOSPC" || error.code === "EDQUOT") return full(error);
  const isGone = error.code === "ENOENT" && written !== undefined && error.path?.startsWith(written);
  if (isGone || [...UNWRITABLE, ...MISPLACED, "EMFILE", "ENFILE"].includes(error.code ?? "")) {
    return new StorageError(
      "storage_unavailable",
      "The storage cannot be written. Everything stored so far is kept. Give the data folder back its write permission; work goes on by itself.",
      { cause: error },
    );
  }
  return error;
}

function full(cause?: unknown): StorageError {
  return new StorageError(
    "storage_full",
    "The disk is full. Everything stored so far is kept. Free some space; work goes on by itself.",
    { cause },
  );
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error;
}
