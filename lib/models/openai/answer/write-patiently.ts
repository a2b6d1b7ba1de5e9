import { setTimeout as sleep } from "node:timers/promises";
import { isStorageTrouble } from "@/lib/storage/trouble";

const AGAIN_MS = 1_000;
/** Longer than the answer's own deadline: that ends the wait first. */
const GIVE_UP_MS = 5 * 60_000;

/**
 * Writes all bytes at the file's end. What is arriving was paid for, so a full disk is waited out, while the
 * connection holds the rest back; what was written of it already is not written twice. Throws the disk's error when
 * it does not heal.
 */
export async function writePatiently(
  file: { write(bytes: Uint8Array, offset: number, length: number): Promise<{ bytesWritten: number }> },
  bytes: Uint8Array,
  { againMs = AGAIN_MS, giveUpMs = GIVE_UP_MS } = {},
): Promise<void> {
  const until = performance.now() + giveUpMs;
  for (let written = 0; written < bytes.length; ) {
    try {
      written += (await file.write(bytes, written, bytes.length - written)).bytesWritten;
    } catch (error) {
      if (!isStorageTrouble(error) || performance.now() > until) throw error;
      await sleep(againMs);
    }
  }
}
