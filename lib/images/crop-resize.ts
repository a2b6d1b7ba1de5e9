import { IMAGE_LIMITS } from "./constants";
import { sharp } from "./decoder";
import { type Pixels, plainBytes } from "./pixels";

/** Cuts a box (whole pixels, inside the frame) out and resamples it, in one stream: no full-size copy is made. */
export async function cropAndResize(
  pixels: Pixels,
  box: { x: number; y: number; width: number; height: number },
  width: number,
  height: number,
): Promise<Pixels> {
  const raw = { width: pixels.width, height: pixels.height, channels: 4 } as const;
  const data = await sharp(pixels.data, { raw, limitInputPixels: IMAGE_LIMITS.maxPixels })
    .extract({ left: box.x, top: box.y, width: box.width, height: box.height })
    .resize(width, height, { fit: "fill", kernel: "lanczos3" })
    .raw()
    .toBuffer();
  return { data: plainBytes(data), width, height };
}
