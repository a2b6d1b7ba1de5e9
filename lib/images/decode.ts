import { IMAGE_LIMITS, PNG } from "./constants";
import { sharp } from "./decoder";
import { type ImageFormat, THUMB_SIZES } from "./types";
import { type RawPicture, turnUpright } from "./upright";

/** How strict the decoder is. 'warning': nothing may be odd. 'error': all pixels must come from the file. */
export type Strictness = "warning" | "error";

const LARGEST_THUMB = Math.max(...THUMB_SIZES);

/** What the decoder reads in the header: sides as stored, EXIF orientation (1 when there is none). Throws when it cannot. */
export async function readDecoderHeader(
  path: string,
): Promise<{ width: number; height: number; orientation: number }> {
  const { width, height, orientation } = await openImage(path, "error").metadata();
  return { width, height, orientation: orientation ?? 1 };
}

/**
 * Decodes every scan and row once and keeps the picture at thumbnail scale (longest side at most 1280), upright,
 * sRGB, 8 bits. JPEG and WebP shrink while decoding, which still reads all their data: a cut file fails.
 */
export async function decodeShrunk(
  path: string,
  { strictness, orientation }: { strictness: Strictness; orientation: number },
): Promise<RawPicture> {
  const { data, info } = await openImage(path, strictness)
    .resize(LARGEST_THUMB, LARGEST_THUMB, { fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .timeout({ seconds: IMAGE_LIMITS.decodeSeconds })
    .toBuffer({ resolveWithObject: true });
  const channels = info.channels === 4 ? 4 : 3;
  return turnUpright({ data, width: info.width, height: info.height, channels }, orientation);
}

/** The whole picture written anew in its own format: upright, sRGB, without visible loss. */
export function reencode(path: string, format: ImageFormat): Promise<Buffer> {
  const image = openImage(path, "error").autoOrient().toColourspace("srgb");
  const encoded = {
    jpeg: () => image.jpeg({ quality: 95, chromaSubsampling: "4:4:4" }),
    png: () => image.png(PNG),
    webp: () => image.webp({ quality: 95 }),
  }[format]();
  return encoded.timeout({ seconds: IMAGE_LIMITS.decodeSeconds }).toBuffer();
}

/**
 * True where the last pixels of the last row as stored are one flat colour: what a decoder fills in when the
 * data stopped early. Only a hint; a picture may end so by itself.
 */
export async function endsFlat(
  path: string,
  { width, height }: { width: number; height: number },
): Promise<boolean> {
  const across = Math.min(8, width);
  const { data, info } = await openImage(path, "error")
    .extract({ left: width - across, top: height - 1, width: across, height: 1 })
    .raw()
    .timeout({ seconds: IMAGE_LIMITS.decodeSeconds })
    .toBuffer({ resolveWithObject: true });
  return data.every((value, i) => value === data[i % info.channels]);
}

function openImage(path: string, strictness: Strictness) {
  return sharp(path, { failOn: strictness, limitInputPixels: IMAGE_LIMITS.maxPixels });
}
