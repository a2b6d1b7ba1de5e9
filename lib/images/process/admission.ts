import { open } from "node:fs/promises";
import { fileSource } from "../byte-source";
import { inspect } from "../inspect";
import type { Work } from "./messages";

/** Thumbnail-sized buffers and rows in flight, for any picture. */
const BASE_BYTES = 32_000_000;
/** Whole RGBA pictures an edit holds at its worst: source, mask work, backdrop, result. */
const EDIT_COPIES = 4;

/**
 * Bytes of memory a job is expected to need beyond an idle process. From the header alone; throws only when the
 * file cannot be read.
 */
export async function expectedBytes(work: Work): Promise<number> {
  if (work.kind === "make") {
    const source = work.request.source;
    return BASE_BYTES + (source ? source.width * source.height * 4 * EDIT_COPIES : 0);
  }
  const file = await open(work.path);
  try {
    const inspected = inspect(fileSource(file.fd, (await file.stat()).size));
    return inspected.ok ? BASE_BYTES + inspected.header.heldBytes : 0;
  } finally {
    await file.close();
  }
}
