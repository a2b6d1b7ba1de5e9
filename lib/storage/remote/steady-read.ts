import { backoff } from "./retry";
import { MayPass, mayPass, unavailable } from "./trouble";

/** A connection that brings nothing for this long is given up and opened anew. */
const STALL_MS = 30_000;
const MISSES_IN_A_ROW = 4;

type SteadyRead = {
  first: AsyncIterable<Uint8Array>;
  /** The same bytes from this offset on. Throws when the object is gone or has changed. */
  again(offset: number): Promise<AsyncIterable<Uint8Array>>;
  /** Bytes there must be in all. */
  size: number;
  firstWaitMs: number;
  stallMs?: number;
};

/**
 * Exactly `size` bytes, whatever happens to the connection: one that breaks off, ends early or stands still is opened
 * anew where it stopped. Throws StorageError rather than end short.
 */
export async function* steadyRead(read: SteadyRead): AsyncGenerator<Uint8Array> {
  let got = 0;
  let misses = 0;
  let body = read.first;
  for (;;) {
    try {
      for await (const chunk of moving(body, read.stallMs ?? STALL_MS)) {
        got += chunk.byteLength;
        if (got > read.size) throw new MayPass("more bytes came than the object has");
        misses = 0;
        yield chunk;
      }
      if (got === read.size) return;
      throw new MayPass(`${got} of ${read.size} bytes came`);
    } catch (error) {
      if (got === read.size) return;
      misses += 1;
      if (!mayPass(error) || got > read.size) throw error;
      if (misses > MISSES_IN_A_ROW) throw unavailable(error);
      await backoff(misses, read.firstWaitMs, error);
      body = await read.again(got);
    }
  }
}

async function* moving(body: AsyncIterable<Uint8Array>, stallMs: number): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await within(chunks.next(), stallMs);
      if (done) return;
      yield value;
    }
  } finally {
    // Not awaited: the reader of a stalled connection would wait for the chunk that never comes.
    void chunks.return?.()?.then(undefined, () => undefined);
  }
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new MayPass("nothing came for too long")), ms);
  });
  try {
    return await Promise.race([work, stalled]);
  } finally {
    clearTimeout(timer);
  }
}
