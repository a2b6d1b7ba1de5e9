import type { ImageFormat } from "./types";

/** How many first bytes `sniffImage` and `foundType` look at. */
export const SNIFF_BYTES = 4096;

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The format by its magic bytes, stricter than the decoder; null for all we do not take. */
export function sniffImage(head: Buffer): ImageFormat | null {
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "jpeg";
  if (head.subarray(0, 8).equals(PNG_SIGNATURE)) return "png";
  if (ascii(head, 0, 4) === "RIFF" && ascii(head, 8, 12) === "WEBP") return "webp";
  return null;
}

/** What refused bytes are, in a word for people: "HEIC", "PDF", "text"; "unknown" when nothing fits. */
export function foundType(head: Buffer): string {
  return isoMediaType(head) ?? binaryType(head) ?? textType(head) ?? "unknown";
}

/** Signature at an offset, and the word for it. */
const SIGNATURES: readonly [offset: number, bytes: string, word: string][] = [
  [0, "GIF87a", "GIF"],
  [0, "GIF89a", "GIF"],
  [0, "II*\0", "TIFF"],
  [0, "MM\0*", "TIFF"],
  [0, "II+\0", "TIFF"],
  [0, "MM\0+", "TIFF"],
  [0, "8BPS", "PSD"],
  [0, "%PDF-", "PDF"],
  [0, "%!PS", "PostScript"],
  [0, "PK\x03\x04", "ZIP"],
  [0, "PK\x05\x06", "ZIP"],
  [0, "\x1f\x8b", "gzip"],
  [0, "Rar!", "RAR"],
  [0, "7z\xbc\xaf\x27\x1c", "7z"],
  [0, "\0\0\0\x0cJXL ", "JPEG XL"],
  [0, "\xff\x0a", "JPEG XL"],
  [0, "\0\0\0\x0cjP  ", "JPEG 2000"],
  [0, "\xff\x4f\xff\x51", "JPEG 2000"],
  [0, "\0\0\x01\0", "ICO"],
  [0, "\x1a\x45\xdf\xa3", "WebM video"],
  [0, "ID3", "MP3"],
  [8, "AVI ", "AVI video"],
  [8, "WAVE", "WAV sound"],
  [0, "MZ", "program"],
  [0, "\x7fELF", "program"],
];

function binaryType(head: Buffer): string | null {
  for (const [offset, bytes, word] of SIGNATURES) {
    if (ascii(head, offset, offset + bytes.length) === bytes) return word;
  }
  // "BM" alone opens many a text; a bitmap also says where its pixels begin.
  if (ascii(head, 0, 2) === "BM" && head.length >= 14 && head.readUInt32LE(10) < 4096) return "BMP";
  return null;
}

const HEIC_BRANDS = ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1"];

function isoMediaType(head: Buffer): string | null {
  if (ascii(head, 4, 8) !== "ftyp") return null;
  const length = Math.min(head.readUInt32BE(0), head.length);
  const brands = [ascii(head, 8, 12)];
  for (let at = 16; at + 4 <= length; at += 4) brands.push(ascii(head, at, at + 4));
  if (brands.includes("avif") || brands.includes("avis")) return "AVIF";
  if (brands.some((brand) => HEIC_BRANDS.includes(brand))) return "HEIC";
  return brands[0] === "qt  " ? "MOV video" : "MP4 video";
}

function textType(head: Buffer): string | null {
  if (head.length < 2) return null;
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!utf16 && head.some(isControl)) return null;
  const text = head.toString(utf16 && head[0] === 0xff ? "utf16le" : "utf8").toLowerCase();
  if (text.includes("<svg")) return "SVG";
  if (text.includes("<!doctype html") || text.includes("<html")) return "HTML";
  return "text";
}

function isControl(byte: number): boolean {
  return byte < 9 || (byte > 13 && byte < 32 && byte !== 27);
}

function ascii(head: Buffer, from: number, to: number): string {
  return head.toString("latin1", from, Math.min(to, head.length));
}
