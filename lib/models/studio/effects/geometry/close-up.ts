import { type Pixels, resizePixels } from "@/lib/images/pixels";
import type { HeldSides } from "../../held-sides";
import { cropPixels } from "../../raster/crop";
import type { Box, Subject } from "../../subject/types";
import { enlarge } from "../detail/upscale";
import type { Size } from "../filters/gauss";
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
export async function centreSubject(
  pixels: Pixels,
  { box, touches }: Pick<Subject, "box" | "touches">,
  margin: number,
): Promise<Pixels> {
  const window = keepHeld(centreWindow(pixels, box, margin), pixels, touches);
  const part = cutWindow(pixels, window, "extend");
  const scale = Math.min(2, pixels.width / part.width);
  const same = scale === pixels.width / part.width;
  const width = same ? pixels.width : Math.max(1, Math.round(part.width * scale));
  const height = same ? pixels.height : Math.max(1, Math.round(part.height * scale));
  return scale > 1.02 ? enlarge(part, width, height) : resizePixels(part, width, height);
}

/** Past a side that cuts the subject off there is nothing to show of it: the window ends there. */
function keepHeld(window: Box, frame: Size, held: HeldSides): Box {
  const { width, height } = window;
  return {
    x: keepInside(window.x, frame.width - width, held.left, held.right),
    y: keepInside(window.y, frame.height - height, held.top, held.bottom),
    width,
    height,
  };
}

function keepInside(start: number, room: number, holdsStart: boolean, holdsEnd: boolean): number {
  if (holdsStart === holdsEnd) return start;
  return holdsStart ? Math.max(0, start) : Math.min(room, start);
}
