import type { ByteSource } from "./byte-source";
import { checkHeader } from "./check-header";
import { IMAGE_LIMITS } from "./constants";
import type { ImageHeader } from "./headers/header";
import { readHeader } from "./headers/read-header";
import { foundType, SNIFF_BYTES, sniffImage } from "./sniff";
import type { Refusal } from "./types";

export type Inspected = { ok: true; header: ImageHeader } | { ok: false; refusal: Refusal };

/**
 * Everything that can be said without decoding: size, type, header limits. A few milliseconds and kilobytes,
 * whatever the file; safe in any process.
 */
export function inspect(source: ByteSource): Inspected {
  if (source.size === 0) return refuse("EMPTY_FILE");
  if (source.size > IMAGE_LIMITS.maxBytes) {
    return refuse("TOO_LARGE", { bytes: source.size, limit: IMAGE_LIMITS.maxBytes });
  }
  const head = source.read(0, SNIFF_BYTES);
  const format = sniffImage(head);
  if (!format) return refuse("UNSUPPORTED_TYPE", { found: foundType(head) });
  return checkHeader(format, readHeader(source, format));
}

function refuse(code: Refusal["code"], facts: Refusal["facts"] = {}): Inspected {
  return { ok: false, refusal: { code, facts } };
}
