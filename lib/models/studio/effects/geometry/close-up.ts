import { type Pixels, resizePixels } from "@/lib/images/pixels";
import { cropPixels } from "../../raster/crop";
import type { Box } from "../../subject/types";
import { enlarge } from "../detail/upscale";
import { cutWindow } from "./canvas";
import { centreWindow, closeUpWindow } from "./windows";

/** Below this long edge a close-up is enlarged, at most twofold and not past the picture it came from. */
const ENOUGH = 1200;

export async function closeUp(pixels: Pixels, box: Box, tightness: number): Promise<Pixels> {
  const window = closeUpWindow(pixels, box, tightness);
  const part = cropPixels(pixels, window);
  const longEdge = Math.max(part.width, part.height);
  const wanted = Math.min(ENOUGH, Math.max(pixels.width, pixels.height));
  const scale = Math.min(2, wanted / longEdge);
  if (scale <= 1.02) return part;
  const width = Math.max(1, Math.round(part.width * scale));
  // From the frame, not from the part: rounding twice would change the shape.
  return enlarge(part, width, Math.max(1, Math.round((width * pixels.height) / pixels.width)));
}

/** The subject in the middle of a frame of the same shape and, up to a twofold enlargement, the same size. */
export async function centreSubject(pixels: Pixels, box: Box, margin: number): Promise<Pixels> {
  const window = centreWindow(pixels, box, margin);
  const part = cutWindow(pixels, window, "extend");
  const scale = Math.min(2, pixels.width / part.width);
  const same = scale === pixels.width / part.width;
  const width = same ? pixels.width : Math.max(1, Math.round(part.width * scale));
  const height = same ? pixels.height : Math.max(1, Math.round(part.height * scale));
  return scale > 1.02 ? enlarge(part, width, height) : resizePixels(part, width, height);
}
