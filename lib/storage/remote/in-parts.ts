/** Parts of a large object. The least that S3 and Vercel Blob take for all but the last is 5 MiB. */
export const PART_BYTES = 8 * 1024 * 1024;

export type PartWriter = {
  /** Parts come in order, numbered from 1. */
  send(bytes: Uint8Array, part: number): Promise<void>;
  /** Only now is there an object, whole. */
  finish(): Promise<void>;
  abort(): Promise<void>;
};

/**
 * Writes a body of unknown length: in one request when it fits into a part, else in parts. At most one part and a
 * chunk are held in memory, which is also what lets a failed request be repeated. Answers the size in bytes.
 */
export async function putInParts(
  body: AsyncIterable<Uint8Array>,
  target: { whole(bytes: Uint8Array): Promise<void>; begin(): Promise<PartWriter> },
): Promise<number> {
  let size = 0;
  let count = 0;
  let writer: PartWriter | undefined;
  try {
    for await (const { bytes, last } of parts(body)) {
      size += bytes.byteLength;
      count += 1;
      if (last && count === 1) await target.whole(bytes);
      else {
        writer ??= await target.begin();
        await writer.send(bytes, count);
      }
    }
    await writer?.finish();
    return size;
  } catch (error) {
    await writer?.abort().catch(() => undefined);
    throw error;
  }
}

/** At least one part, which may be empty. */
async function* parts(body: AsyncIterable<Uint8Array>): AsyncGenerator<{ bytes: Uint8Array; last: boolean }> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const chunk of body) {
    held.push(chunk);
    heldBytes += chunk.byteLength;
    // Strictly more: what ends exactly at a part's size is that part, and the last.
    while (heldBytes > PART_BYTES) {
      const all = Buffer.concat(held);
      yield { bytes: all.subarray(0, PART_BYTES), last: false };
      held = [all.subarray(PART_BYTES)];
      heldBytes -= PART_BYTES;
    }
  }
  yield { bytes: Buffer.concat(held), last: true };
}
