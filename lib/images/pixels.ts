import type { OutputSettings } from "@/lib/sessions/types";
import { IMAGE_LIMITS, PNG } from "./constants";
import { sharp } from "./decoder";

/** Upright 8-bit sRGB with straight (not premultiplied) alpha, four bytes a pixel, rows without padding. */
export type Pixels = { data: Uint8Array; width: number; height: number };

/** One channel of 8 bits, same geometry. */
export type Mask = { data: Uint8Array; width: number; height: number };

/** Decodes a probed file. EXIF orientation is applied, ICC, CMYK and 16 bit are converted. */
export async function decodePixels(path: string): Promise<Pixels> {
  const { data, info } = await sharp(path, { limitInputPixels: IMAGE_LIMITS.maxPixels, failOn: "error" })
    .autoOrient()
    .toColourspace("srgb")
    .ensureAlpha()
    .raw({ depth: "uchar" })
    .timeout({ seconds: IMAGE_LIMITS.decodeSeconds })
    .toBuffer({ resolveWithObject: true });
  return { data: plainBytes(data), width: info.width, height: info.height };
}

/** Lanczos resampling to exactly width x height. */
export async function resizePixels(pixels: Pixels, width: number, height: number): Promise<Pixels> {
  if (pixels.width === width && pixels.height === height) return pixels;
  const data = await fromRaw(pixels, 4)
    .resize(width, height, { fit: "fill", kernel: "lanczos3" })
    .raw()
    .toBuffer();
  return { data: plainBytes(data), width, height };
}

/** Resampling of one channel; 'cubic' by default, 'linear' where ringing would show. */
export async function resizeMask(
  mask: Mask,
  width: number,
  height: number,
  kernel: "cubic" | "linear" = "cubic",
): Promise<Mask> {
  if (mask.width === width && mask.height === height) return mask;
  const data = await fromRaw(mask, 1)
    .resize(width, height, { fit: "fill", kernel })
    .toColourspace("b-w")
    .extractChannel(0)
    .raw()
    .toBuffer();
  return { data: plainBytes(data), width, height };
}

/** Writes the result file. JPEG has no alpha: it is laid on white. */
export async function encodePixels(
  pixels: Pixels,
  path: string,
  { format, quality }: Pick<OutputSettings, "format" | "quality">,
): Promise<void> {
  const image = fromRaw(pixels, 4);
  if (format === "jpeg") {
    // Optimised coding holds all coefficients in memory: six bytes a pixel, to save a few percent of the file.
    const optimiseCoding = pixels.width * pixels.height <= 12_000_000;
    const options = { quality, chromaSubsampling: "4:4:4", optimiseCoding };
    await image.flatten({ background: "#ffffff" }).jpeg(options).toFile(path);
    return;
  }
  const opaque = isOpaque(pixels) ? image.removeAlpha() : image;
  if (format === "webp") await opaque.webp({ quality, effort: 4 }).toFile(path);
  else await opaque.png(PNG).toFile(path);
}

export function isOpaque({ data }: Pixels): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}

/** A Buffer's slice() shares its memory, where every other Uint8Array copies. */
export function plainBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

function fromRaw({ data, width, height }: Pixels, channels: 1 | 4) {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: IMAGE_LIMITS.maxPixels });
}
