import type { Mask } from "@/lib/images/pixels";
import type { Plane } from "../raster/plane";
import type { Box, Subject } from "./types";

/** Tight box of all values above the threshold; null where there are none. */
export function boxAbove({ data, width, height }: Plane | Mask, threshold: number): Box | null {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      if ((data[row + x] ?? 0) <= threshold) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (top === height) top = y;
      bottom = y;
    }
  }
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * A side cuts the subject off when enough of it lies on that edge: 4 % of the subject's own extent along it.
 * Less is a paw or a leaf that just reaches the frame.
 */
export function findTouches({ data, width, height }: Mask, box: Box): Subject["touches"] {
  const across = Math.max(3, box.width * 0.04);
  const along = Math.max(3, box.height * 0.04);
  const depth = Math.max(1, Math.round(Math.min(width, height) * 0.003));
  const row = (y: number) => countInside(data, y * width, 1, width);
  const column = (x: number) => countInside(data, x, width, height);
  return {
    top: row(Math.min(depth, height) - 1) >= across,
    bottom: row(height - Math.min(depth, height)) >= across,
    left: column(Math.min(depth, width) - 1) >= along,
    right: column(width - Math.min(depth, width)) >= along,
  };
}

function countInside(data: Uint8Array, start: number, step: number, count: number): number {
  let inside = 0;
  for (let i = 0; i < count; i++) if ((data[start + i * step] ?? 0) > 127) inside++;
  return inside;
}
