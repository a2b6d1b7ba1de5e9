import { type Pixels, resizePixels } from "@/lib/images/pixels";
import { shrinkPixels } from "../../raster/shrink";
import { spreadColour, withAlphaOf } from "../filters/spread";

/** Long edge in pixels between which the painting filters work at their best. */
const SMALLEST = 900;
const LARGEST = 1400;

/**
 * Runs a painting filter at a size where strokes are neither coarse nor slow to paint and brings the result
 * back to the size of the picture, with the alpha of the picture.
 */
export async function paintOn(
  pixels: Pixels,
  paint: (canvas: Pixels) => Pixels,
  { largest = LARGEST }: { largest?: number } = {},
): Promise<Pixels> {
  const { width, height } = pixels;
  const longEdge = Math.max(width, height);
  // Beyond three times its size a tiny picture has nothing left to paint.
  const scale = Math.min(largest / longEdge, Math.max(1, Math.min(3, SMALLEST / longEdge)));
  const source = spreadColour(pixels);
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  const canvas =
    scale < 1 ? await shrinkPixels(source, largest) : await resizePixels(source, side(width), side(height));
  const painted = await resizePixels(paint(opaque(canvas)), width, height);
  return withAlphaOf(painted, pixels);
}

function opaque({ data, width, height }: Pixels): Pixels {
  const copy = new Uint8Array(data);
  for (let i = 3; i < copy.length; i += 4) copy[i] = 255;
  return { data: copy, width, height };
}
