import { stat, writeFile } from "node:fs/promises";
import { applyOutputSize } from "@/lib/models/studio/output";
import type { OutputSettings } from "@/lib/sessions/types";
import { IMAGE_LIMITS, PNG } from "../constants";
import { readDecoderHeader } from "../decode";
import { sharp } from "../decoder";
import { decodePixels, encodePixels, plainBytes } from "../pixels";
import { preparedSize } from "../prepared-size";
import type { ImageFormat } from "../types";
import { type RawPicture, turnUpright } from "../upright";

// What a picture goes through on its way to a provider and back. Runs in a pixel process.

export type PrepareRequest = {
  path: string;
  to: string;
  /** Longest side of what is written; smaller pictures stay as they are. */
  maxEdge: number;
  format: Extract<ImageFormat, "png" | "jpeg">;
  /** The file is a mask: written at exactly this size, with its work where `ink` says. */
  mask?: { width: number; height: number; ink: MaskInk; maxBytes: number };
};

/** How a mask says where the work happens: transparent pixels, or white ones on one grey channel. */
export type MaskInk = "clear" | "white";

export type Prepared = { width: number; height: number; bytes: number };

export type FitRequest = { path: string; to: string; output: OutputSettings };

/** Writes the picture upright, in sRGB, without metadata, no longer than `maxEdge`. */
export async function prepareImage({ path, to, maxEdge, format, mask }: PrepareRequest): Promise<Prepared> {
  if (mask) return prepareMask(path, to, mask);
  const { orientation, ...stored } = await readDecoderHeader(path);
  const { data, width, height, channels } = await decodeAt(path, preparedSize(stored, maxEdge), orientation);
  const image = sharp(data, { raw: { width, height, channels } });
  if (format === "jpeg") {
    await image
      .flatten({ background: "#ffffff" })
      .jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
      .toFile(to);
  } else {
    await image.png(PNG).toFile(to);
  }
  return { width, height, bytes: (await stat(to)).size };
}

/** Brings a provider's picture to the format and size a session asks for. */
export async function fitImage({ path, to, output }: FitRequest): Promise<{ width: number; height: number }> {
  const fitted = await applyOutputSize(await decodePixels(path), output);
  await encodePixels(fitted, to, output);
  return { width: fitted.width, height: fitted.height };
}

/** JPEG and WebP shrink while they are decoded; turning comes last, where it costs little. */
async function decodeAt(path: string, size: { width: number; height: number }, orientation: number) {
  const { data, info } = await sharp(path, { failOn: "error", limitInputPixels: IMAGE_LIMITS.maxPixels })
    .resize(size.width, size.height, { fit: "fill", kernel: "lanczos3" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .timeout({ seconds: IMAGE_LIMITS.decodeSeconds })
    .toBuffer({ resolveWithObject: true });
  const channels = info.channels === 4 ? 4 : 3;
  const picture: RawPicture = { data: plainBytes(data), width: info.width, height: info.height, channels };
  return turnUpright(picture, orientation);
}

async function prepareMask(
  path: string,
  to: string,
  { width, height, ink, maxBytes }: NonNullable<PrepareRequest["mask"]>,
): Promise<Prepared> {
  const { orientation } = await readDecoderHeader(path);
  const stored = orientation >= 5 ? { width: height, height: width } : { width, height };
  const work = workOf(await decodeAt(path, stored, orientation));
  let bytes = await encodeMask(work, { width, height, ink });
  // Soft edges take most of the room; hard ones always fit.
  if (bytes.length >= maxBytes) {
    bytes = await encodeMask(work.map(hard), { width, height, ink });
  }
  await writeFile(to, bytes);
  return { width, height, bytes: bytes.length };
}

/** 255 where the work happens: where it is clear, or, in a picture without a clear pixel, where it is light. */
function workOf({ data, channels }: RawPicture): Uint8Array {
  const byAlpha = channels === 4 && hasClearPixel(data);
  const work = new Uint8Array(data.length / channels);
  for (let i = 0; i < work.length; i++) {
    const at = i * channels;
    work[i] = byAlpha ? 255 - (data[at + 3] ?? 255) : luma(data, at);
  }
  return work;
}

function hasClearPixel(rgba: Uint8Array): boolean {
  for (let at = 3; at < rgba.length; at += 4) if ((rgba[at] ?? 255) < 255) return true;
  return false;
}

/** Rec. 709 weights on the stored values: a mask is black and white. */
function luma(data: Uint8Array, at: number): number {
  return Math.round(0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0));
}

function hard(value: number): number {
  return value > 127 ? 255 : 0;
}

function encodeMask(
  work: Uint8Array,
  { width, height, ink }: { width: number; height: number; ink: MaskInk },
) {
  if (ink === "white") {
    return sharp(work, { raw: { width, height, channels: 1 } })
      .toColourspace("b-w")
      .png({ compressionLevel: 9 })
      .toBuffer();
  }
  const pixels = new Uint8Array(work.length * 4);
  for (let i = 0; i < work.length; i++) pixels[i * 4 + 3] = 255 - (work[i] ?? 0);
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .png({ compressionLevel: 9 })
    .toBuffer();
}
