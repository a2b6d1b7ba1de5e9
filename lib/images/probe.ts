import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ByteSource, fileSource } from "./byte-source";
import { decodeShrunk, endsFlat, readDecoderHeader, reencode } from "./decode";
import { dhashOf, sha256OfFile, thumbhashOf } from "./fingerprints";
import type { ImageHeader } from "./headers/header";
import { inspect } from "./inspect";
import { endsEarly } from "./structure";
import { miniature, writeThumbs } from "./thumbnails";
import type { ImageNotice, ProbeResult, Refusal } from "./types";
import type { RawPicture } from "./upright";

/**
 * The gate every picture passes, uploads and results of models alike. Files are written below `workDir`, which
 * the caller deletes. A refusal is an answer; what is thrown is the machine's fault (disk full, file gone).
 */
export async function probeImage(path: string, workDir: string): Promise<ProbeResult> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const source = fileSource(file.fd, size);
    const opened = inspect(source);
    if (!opened.ok) return opened;
    await mkdir(workDir, { recursive: true });
    return await probeOpened({ path, workDir, source, header: opened.header });
  } finally {
    await file.close();
  }
}

type Opened = { path: string; workDir: string; source: ByteSource; header: ImageHeader };

async function probeOpened(opened: Opened): Promise<ProbeResult> {
  const { path, workDir, source, header } = opened;
  // The bytes are hashed on this thread while the decoder works on its own.
  const [decoded, sha256] = await Promise.all([decodeOpened(opened), sha256OfFile(path)]);
  if (!decoded.ok) return decoded;
  const { picture, repaired, width, height } = decoded;
  const [thumbs, mini] = await Promise.all([
    writeThumbs(picture, { width, height, workDir }),
    miniature(picture),
  ]);
  return {
    ok: true,
    image: {
      sha256: repaired ? await sha256OfFile(repaired.path) : sha256,
      bytes: repaired ? repaired.bytes : source.size,
      width,
      height,
      format: header.format,
      alpha: picture.channels === 4,
      thumbhash: await thumbhashOf(mini),
      phash: dhashOf(mini),
      notices: noticesOf(header, repaired !== null),
      keep: repaired ? repaired.path : path,
      thumbs,
    },
  };
}

type Repaired = { path: string; bytes: number };
type Decoded =
  | { ok: true; picture: RawPicture; width: number; height: number; repaired: Repaired | null }
  | { ok: false; refusal: Refusal };

async function decodeOpened(opened: Opened): Promise<Decoded> {
  const { path, source, header } = opened;
  try {
    const { width, height, orientation } = await readDecoderHeader(path);
    if (width !== header.width || height !== header.height)
      return refuse("DAMAGED", { format: header.format });
    const decoded = await decodeTwice(opened, orientation);
    if (!decoded.ok) return decoded;
    const size = orientation >= 5 ? { width: height, height: width } : { width, height };
    return { ...decoded, ...size };
  } catch (error) {
    if (isSystemError(error)) throw error;
    if (gaveUp(error)) return refuse("TOO_LARGE_TO_DECODE", { width: header.width, height: header.height });
    const code = endsEarly(source, header.format) ? "TRUNCATED" : "DAMAGED";
    return refuse(code, { format: header.format });
  }
}

/** Strict first. What fails only there is written anew from its decoded pixels; what fails again throws. */
async function decodeTwice({ path, workDir, header }: Opened, orientation: number) {
  try {
    const picture = await decodeShrunk(path, { strictness: "warning", orientation });
    return { ok: true as const, picture, repaired: null };
  } catch (error) {
    if (gaveUp(error)) throw error;
    if (lostData(error) && (await endsFlat(path, header)))
      return refuse("TRUNCATED", { format: header.format });
  }
  const bytes = await reencode(path, header.format);
  const repaired = { path: join(workDir, `repaired.${header.format}`), bytes: bytes.length };
  await writeFile(repaired.path, bytes);
  const picture = await decodeShrunk(repaired.path, { strictness: "warning", orientation: 1 });
  return { ok: true as const, picture, repaired };
}

function noticesOf(header: ImageHeader, repaired: boolean): ImageNotice[] {
  const notices: ImageNotice[] = [];
  if (header.animated) notices.push("ANIMATED_FIRST_FRAME");
  if (repaired) notices.push("REPAIRED");
  if (header.format === "jpeg" && header.channels === 4) notices.push("CONVERTED_CMYK");
  if (header.bits === 16) notices.push("CONVERTED_16BIT");
  return notices;
}

function refuse(code: Refusal["code"], facts: Refusal["facts"] = {}): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code, facts } };
}

// The decoder's words are read to tell cases apart; they are never shown.
function gaveUp(error: unknown): boolean {
  return error instanceof Error && /timeout|out of memory/i.test(error.message);
}

function lostData(error: unknown): boolean {
  return error instanceof Error && /premature end of data segment/i.test(error.message);
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
