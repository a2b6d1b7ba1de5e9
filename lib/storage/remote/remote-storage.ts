import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { byteStream } from "../byte-stream";
import { assertKey } from "../keys";
import type { ByteRange, ListedObject, Storage, UploadTarget } from "../types";
import { type PartWriter, putInParts } from "./in-parts";
import { withRetries } from "./retry";
import { steadyRead } from "./steady-read";
import { unavailable } from "./trouble";

export type OpenedObject = {
  body: AsyncIterable<Uint8Array>;
  start: number;
  /** Bytes in this answer. */
  size: number;
  total: number;
  /** Differs between two contents of one key. */
  etag: string;
};

/** What a service must do, one request each. Throws MayPass where a repeat may help; only then it is repeated. */
export interface ObjectStore {
  putWhole(key: string, bytes: Uint8Array): Promise<void>;
  beginParts(key: string): Promise<PartWriter>;
  /** Null: no such object. RangeError: out of bounds. */
  open(key: string, range?: ByteRange): Promise<OpenedObject | null>;
  head(key: string): Promise<{ size: number } | null>;
  /** At most 1,000 keys. */
  deleteSome(keys: string[]): Promise<void>;
  list(prefix: string, cursor?: string): Promise<{ objects: ListedObject[]; cursor?: string }>;
  uploadTarget(key: string, file: { bytes: number }): Promise<UploadTarget>;
  tidy(): Promise<void>;
}

type Options = {
  /** Folder for local copies, which are also swept from there. */
  workDir: string;
  /** Span of the first wait before a repeat; doubles. */
  firstWaitMs?: number;
  stallMs?: number;
};

/** Not one of the keys that are listed. */
const CHECK_KEY = "health/write";
/** Every paid call asks whether its answer can be stored; one write in 10 s says so for all of them. */
const CHECK_HOLDS_MS = 10_000;
const DELETED_AT_ONCE = 1_000;

/**
 * Storage over a service in the network. Services make an object appear whole or not at all; bodies are streamed, what
 * fails in passing is repeated, and a read goes on where its connection broke.
 */
export function remoteStorage(store: ObjectStore, { workDir, firstWaitMs = 150, stallMs }: Options): Storage {
  const retrying = <T>(work: () => Promise<T>) => withRetries(firstWaitMs, work);

  async function put(key: string, body: Parameters<Storage["put"]>[1]) {
    assertKey(key);
    const source = body instanceof Uint8Array ? Readable.from([body]) : body;
    const size = await putInParts(source, {
      whole: (bytes) => retrying(() => store.putWhole(key, bytes)),
      begin: async () => repeated(await retrying(() => store.beginParts(key)), retrying),
    });
    return { size };
  }

  async function get(key: string, range?: ByteRange) {
    assertKey(key);
    if (range?.end !== undefined && range.end < range.start) throw new RangeError("an empty range");
    const opened = await retrying(() => store.open(key, range));
    if (!opened) return null;
    const { start, size, total, etag } = opened;
    const again = async (offset: number) => {
      const rest = { start: start + offset, end: start + size - 1 };
      const reopened = await retrying(() => store.open(key, rest));
      if (!reopened || reopened.etag !== etag) throw unavailable(new Error("the object changed while read"));
      return reopened.body;
    };
    const stream = byteStream(steadyRead({ first: opened.body, again, size, firstWaitMs, stallMs }));
    return { stream, size, total, start };
  }

  async function localFile(key: string) {
    const object = await get(key);
    if (!object) return null;
    const path = join(workDir, `copy-${randomUUID()}`);
    const release = () => rm(path, { force: true });
    try {
      await mkdir(workDir, { recursive: true });
      await pipeline(Readable.from(object.stream), createWriteStream(path, { mode: 0o600 }));
      return { path, release };
    } catch (error) {
      await release();
      throw error;
    }
  }

  return {
    put,
    get,
    localFile,
    async putFile(key, path) {
      const written = await put(key, createReadStream(path, { highWaterMark: 1024 * 1024 }));
      await rm(path, { force: true });
      return written;
    },
    async head(key) {
      assertKey(key);
      return retrying(() => store.head(key));
    },
    async delete(keys) {
      for (const key of keys) assertKey(key);
      for (let from = 0; from < keys.length; from += DELETED_AT_ONCE) {
        const some = keys.slice(from, from + DELETED_AT_ONCE);
        await retrying(() => store.deleteSome(some));
      }
    },
    list: (prefix) => listAll((cursor) => retrying(() => store.list(prefix, cursor))),
    async uploadTarget(key, file) {
      assertKey(key);
      return store.uploadTarget(key, file);
    },
    tidy: () => retrying(() => store.tidy()),
    check: heldFor(CHECK_HOLDS_MS, () => retrying(() => store.putWhole(CHECK_KEY, Buffer.from("ok")))),
  };
}

function repeated(writer: PartWriter, retrying: <T>(work: () => Promise<T>) => Promise<T>): PartWriter {
  return {
    send: (bytes, part) => retrying(() => writer.send(bytes, part)),
    finish: () => retrying(() => writer.finish()),
    abort: () => writer.abort(),
  };
}

async function* listAll(page: (cursor?: string) => ReturnType<ObjectStore["list"]>) {
  let cursor: string | undefined;
  do {
    const { objects, cursor: next } = await page(cursor);
    for (const object of objects) if (isOurs(object.key)) yield object;
    cursor = next;
  } while (cursor);
}

function isOurs(key: string): boolean {
  try {
    assertKey(key);
    return key !== CHECK_KEY;
  } catch {
    return false;
  }
}

/** Work whose success is believed for a while, and which is never under way twice. */
function heldFor(ms: number, work: () => Promise<void>): () => Promise<void> {
  let until = 0;
  let running: Promise<void> | undefined;
  return async () => {
    if (Date.now() < until) return;
    running ??= work()
      .then(() => {
        until = Date.now() + ms;
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  };
}
