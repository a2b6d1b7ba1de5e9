import { cropAndResize } from "@/lib/images/crop-resize";
import type { Pixels } from "@/lib/images/pixels";
import type { Box, Subject } from "./subject/types";

/** Where a subject goes in a frame of the same size: its box is scaled and its top left corner laid at x, y. */
type Place = { scale: number; x: number; y: number };

/** Enlarging more than this shows. */
const MAX_ENLARGE = 2;

/**
 * The place of an object in a studio: centred, standing with air around it. What the frame cuts off stays at the edge
 * that cuts it, because moved inwards it would end in mid-air; null means it stays where it is.
 */
export function placeInStudio({ box, touches, mask }: Subject): Place | null {
  const { width, height } = mask;
  if (touches.top || touches.left || touches.right) return null;
  if (touches.bottom) {
    const scale = Math.min((0.84 * width) / box.width, (0.88 * height) / box.height, 1.25);
    return { scale, x: (width - box.width * scale) / 2, y: height - box.height * scale };
  }
  const scale = Math.min((0.78 * width) / box.width, (0.76 * height) / box.height, MAX_ENLARGE);
  const tall = box.height * scale;
  const bottom = Math.min(Math.max(0.55 * height + tall / 2, 0.64 * height), 0.89 * height);
  return { scale, x: (width - box.width * scale) / 2, y: bottom - tall };
}

/**
 * Rows by which a subject that nothing cuts off has to come down so that it stands on ground that begins at `groundTop`
 * (share of the frame from the top); 0 where it stands there already or a side holds it.
 */
export function dropToGround({ box, touches, mask }: Subject, groundTop: number): number {
  if (touches.top || touches.right || touches.bottom || touches.left) return 0;
  const foot = box.y + box.height;
  if (foot >= groundTop * mask.height) return 0;
  // A little into the ground: on its far rim a thing stands in the waves or between the trunks.
  return Math.round(Math.min(groundTop + 0.05, 0.96) * mask.height) - foot;
}

/** The subject moved down by whole rows, its pixels and its mask in place; what was below goes. */
export function lowerSubject(cut: Pixels, subject: Subject, rows: number): Subject {
  const { mask, box } = subject;
  cut.data.copyWithin(rows * cut.width * 4, 0).fill(0, 0, rows * cut.width * 4);
  mask.data.copyWithin(rows * mask.width, 0).fill(0, 0, rows * mask.width);
  return { ...subject, box: { ...box, y: box.y + rows } };
}

/** Moves a cut-out to its place in the same frame; its pixels are written over. */
export async function movePixels(cut: Pixels, box: Box, { scale, x, y }: Place): Promise<void> {
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  const part = await cropAndResize(cut, box, width, height);
  cut.data.fill(0);
  const left = Math.round(x);
  const top = Math.round(y);
  const from = Math.max(0, -left);
  const count = Math.min(width, cut.width - left) - from;
  for (let row = Math.max(0, -top); row < Math.min(height, cut.height - top); row++) {
    const start = (row * width + from) * 4;
    cut.data.set(part.data.subarray(start, start + count * 4), ((row + top) * cut.width + left + from) * 4);
  }
}
