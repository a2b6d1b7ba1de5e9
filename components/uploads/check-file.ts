import { IMAGE_LIMITS } from "@/lib/images/constants";
import type { Refusal } from "@/lib/images/types";

/** How many first bytes are looked at. */
const HEAD_BYTES = 64;

/** What can be told without decoding: empty, too large, no JPG, PNG or WebP. The server looks closer. */
export async function checkFile(file: Blob): Promise<Refusal | null> {
  if (file.size === 0) return { code: "EMPTY_FILE", facts: {} };
  if (file.size > IMAGE_LIMITS.maxBytes) {
    return { code: "TOO_LARGE", facts: { bytes: file.size, limit: IMAGE_LIMITS.maxBytes } };
  }
  const head = await headOf(file);
  // A file that cannot be read now may be readable when its turn comes; the upload tells.
  if (head === null || isAccepted(head)) return null;
  return { code: "UNSUPPORTED_TYPE", facts: { found: wordFor(head) } };
}

/** By signature alone; the name plays no part. */
function isAccepted(head: string): boolean {
  return (
    head.startsWith("\xff\xd8\xff") ||
    head.startsWith("\x89PNG\r\n\x1a\n") ||
    (head.startsWith("RIFF") && head.startsWith("WEBP", 8))
  );
}

const SIGNATURES: readonly [pattern: RegExp, word: string][] = [
  [/^.{4}ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)/s, "HEIC"],
  [/^.{4}ftypavi[fs]/s, "AVIF"],
  [/^.{4}ftypqt/s, "MOV video"],
  [/^.{4}ftyp/s, "MP4 video"],
  [/^GIF8/, "GIF"],
  [/^%PDF-/, "PDF"],
  [/^8BPS/, "PSD"],
  [/^(II[*+]\0|MM\0[*+])/, "TIFF"],
  [/^BM/, "BMP"],
  [/^PK[^a-z]/i, "ZIP"],
  [/^\s*(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?<svg/i, "SVG"],
  [/^\s*(\xef\xbb\xbf)?\s*<(!doctype html|html|head|body)/i, "HTML"],
  [/^[\t\n\r\x20-\x7e]+$/, "text"],
];

/** What the bytes are, in a word the refusal texts know. */
export function wordFor(head: string): string {
  return SIGNATURES.find(([pattern]) => pattern.test(head))?.[1] ?? "unknown";
}

async function headOf(file: Blob): Promise<string | null> {
  try {
    return String.fromCharCode(...new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  } catch {
    return null;
  }
}
