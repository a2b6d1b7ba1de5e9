import { IMAGE_LIMITS } from "@/lib/images/constants";
import { type Pixels, resizePixels } from "@/lib/images/pixels";
import { sharpen } from "./sharpen";

/**
 * Enlarges by a factor of 1..4, less where the result would pass the limits of a picture: Lanczos, then what a
 * trip back down shows to be lost is added (back projection, Irani and Peleg 1991), then a light sharpening.
 */
export async function upscale(pixels: Pixels, factor: number): Promise<Pixels> {
  const { width, height } = pixels;
  const most = Math.min(
    IMAGE_LIMITS.maxSide / Math.max(width, height),
    Math.sqrt(IMAGE_LIMITS.maxPixels / (width * height)),
  );
  const scale = Math.min(factor, most);
  if (scale <= 1) return pixels;
  return enlarge(pixels, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
}

/** Like `upscale`, to exactly width x height. */
export async function enlarge(pixels: Pixels, width: number, height: number): Promise<Pixels> {
  const large = await resizePixels(pixels, width, height);
  const back = await resizePixels(large, pixels.width, pixels.height);
  const lost = difference(pixels, back);
  const missing = await resizePixels(lost, width, height);
  for (let i = 0; i < large.data.length; i += 4) {
    for (let c = 0; c < 3; c++) {
      const value = (large.data[i + c] ?? 0) + (missing.data[i + c] ?? 128) - 128;
      large.data[i + c] = Math.min(255, Math.max(0, value));
    }
  }
  const factor = Math.max(width / pixels.width, height / pixels.height);
  return sharpen(large, 0.3, Math.min(2.5, 0.55 * factor));
}

/** Around 128; opaque, for a difference has no alpha. */
function difference(one: Pixels, other: Pixels): Pixels {
  const data = one.data.map((value, i) =>
    i % 4 === 3 ? 255 : Math.min(255, Math.max(0, 128 + value - (other.data[i] ?? 0))),
  );
  for (let i = 3; i < data.length; i += 4) if (one.data[i] === 0) data.fill(128, i - 3, i);
  return { ...one, data };
}
