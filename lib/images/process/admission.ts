import { open } from "node:fs/promises";
import { totalmem } from "node:os";
import type { OutputSettings } from "@/lib/sessions/types";
import { fileSource } from "../byte-source";
import { inspect } from "../inspect";
import type { Work } from "./messages";

/** Thumbnail-sized buffers and rows in flight, for any picture. */
const BASE_BYTES = 32_000_000;
/** The network at work, and its runtime. */
const NETWORK_BYTES = 250_000_000;
/** Whole RGBA pictures an edit holds at its worst: measured 26 bytes a pixel at 24 megapixels. */
const EDIT_COPIES = 6;
/** Whole RGBA pictures that are held while one is brought to its size. */
const FIT_COPIES = 3;
/** Share of the machine's memory that pictures may take together. */
const MEMORY_SHARE = 0.4;

/** Expected bytes of all jobs that may run together here: a share of the memory, or of what a container allows. */
export function memoryBudget(): number {
  const allowed = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  return Math.min(4_000_000_000, Math.min(totalmem(), allowed) * MEMORY_SHARE);
}

/**
 * Bytes of memory a job is expected to need beyond an idle process. From the header alone; throws only when the
 * file cannot be read.
 */
export async function expectedBytes(work: Work): Promise<number> {
  if (work.kind === "make") {
    const source = work.request.source;
    return NETWORK_BYTES + (source ? source.width * source.height * 4 * EDIT_COPIES : 0);
  }
  const file = await open(work.path);
  try {
    const inspected = inspect(fileSource(file.fd, (await file.stat()).size));
    if (!inspected.ok) return 0;
    const { width, height, heldBytes } = inspected.header;
    const pixels = width * height;
    if (work.kind === "fit")
      return BASE_BYTES + pixels * 4 * FIT_COPIES + fittedPixels(work.output) * 4 * FIT_COPIES;
    return BASE_BYTES + heldBytes;
  } finally {
    await file.close();
  }
}

/** Of the result, where it may be larger than the picture. */
function fittedPixels({ size }: OutputSettings): number {
  if (size.mode === "keep") return 0;
  return size.mode === "exact" ? size.width * size.height : size.pixels * size.pixels;
}
