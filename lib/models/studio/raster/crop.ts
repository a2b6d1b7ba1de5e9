import type { Pixels } from "@/lib/images/pixels";
import type { Box } from "../subject/types";

/** Copies the part of the pixels inside the box, which must lie within the frame. */
export function cropPixels({ data, width }: Pixels, box: Box): Pixels {
  const out = new Uint8Array(box.width * box.height * 4);
  for (let y = 0; y < box.height; y++) {
    const start = ((box.y + y) * width + box.x) * 4;
    out.set(data.subarray(start, start + box.width * 4), y * box.width * 4);
  }
  return { data: out, width: box.width, height: box.height };
}

/** The box grown by a share of its longer side, cut at the frame. */
export function growBox(box: Box, share: number, frame: { width: number; height: number }): Box {
  const by = Math.round(Math.max(box.width, box.height) * share);
  const x = Math.max(0, box.x - by);
  const y = Math.max(0, box.y - by);
  return {
    x,
    y,
    width: Math.min(frame.width, box.x + box.width + by) - x,
    height: Math.min(frame.height, box.y + box.height + by) - y,
  };
}
