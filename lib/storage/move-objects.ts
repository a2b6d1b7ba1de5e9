import { createHash } from "node:crypto";
import type { ListedObject, Storage, StoredObject } from "./types";

export type Moved = {
  /** Objects written and read back. */
  copied: number;
  /** Objects that were there already, with the same hash. */
  same: number;
  /** Objects an earlier run looked at. */
  known: number;
  bytes: number;
  failed: { key: string; words: string }[];
};

type Move = {
  from: Storage;
  to: Storage;
  /** What earlier runs verified: key to size. An object of another size is looked at again. */
  verified?: ReadonlyMap<string, number>;
  /** Called once an object is verified, with its hash; what it keeps is `verified` of the next run. */
  onVerified?: (object: { key: string; size: number; sha256: string }) => Promise<void>;
  atOnce?: number;
};

/**
 * Copies every object of one storage into another and reads each back to compare its SHA-256. Nothing is deleted. What
 * is there already with the same hash is left, so a run that was cut off is just started again. One object that fails
 * holds up no other.
 */
export async function moveObjects({ from, to, verified, onVerified, atOnce = 8 }: Move): Promise<Moved> {
  const moved: Moved = { copied: 0, same: 0, known: 0, bytes: 0, failed: [] };
  const objects = from.list("")[Symbol.asyncIterator]();
  const work = async () => {
    for (let next = await objects.next(); !next.done; next = await objects.next()) {
      await moveOne(next.value);
    }
  };

  async function moveOne({ key, size }: ListedObject) {
    try {
      const there = await to.head(key);
      if (there?.size === size && verified?.get(key) === size) {
        moved.known += 1;
        return;
      }
      const done = await copyOne({ from, to, key, isThere: there?.size === size });
      if (!done) return;
      moved[done.how] += 1;
      moved.bytes += done.size;
      await onVerified?.({ key, size: done.size, sha256: done.sha256 });
    } catch (error) {
      moved.failed.push({ key, words: error instanceof Error ? error.message : String(error) });
    }
  }

  await Promise.all(Array.from({ length: atOnce }, work));
  return moved;
}

type Copy = { from: Storage; to: Storage; key: string; isThere: boolean };

/** Null: it went away since it was listed, which is no failure. */
async function copyOne({ from, to, key, isThere }: Copy) {
  const source = await from.get(key);
  if (!source) return null;
  if (isThere) {
    const sha256 = await hashOf(source.stream);
    if ((await hashAt(to, key)) === sha256) return { how: "same" as const, size: source.size, sha256 };
    return copyOne({ from, to, key, isThere: false });
  }
  const hash = createHash("sha256");
  const { size } = await to.put(key, hashing(source.stream, hash));
  const sha256 = hash.digest("hex");
  if (size !== source.total || (await hashAt(to, key)) !== sha256) {
    await to.delete([key]);
    throw new Error("what was written is not what was read; it was taken back");
  }
  return { how: "copied" as const, size, sha256 };
}

async function* hashing(stream: ReadableStream<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of stream) {
    hash.update(chunk);
    yield chunk;
  }
}

async function hashAt(store: Storage, key: string): Promise<string | null> {
  const object = await store.get(key);
  return object && hashOf(object.stream);
}

async function hashOf(stream: StoredObject["stream"]): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest("hex");
}
