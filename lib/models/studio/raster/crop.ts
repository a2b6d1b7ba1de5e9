import type { Pixels } from "@/lib/images/pixels";
import type { Box } from "../subject/types";
import { makePlane, type Plane } from "./plane";

/** Copies the part of the pixels inside the box, which must lie within the frame. */
export function cropPixels({ data, width }: Pixels, box: Box): Pixels {
  const out = new Uint8Array(box.width * box.height * 4);
  for (let y = 0; y < box.height; y++) {
    const start = ((box.y + y) * width + box.x) * 4;
    out.set(data.subarray(start, start + box.width * 4), y * box.width * 4);
  }
  return { data: out, width: box.width, height: box.height };
}

/** Copies the part of the plane inside the box, which must lie within the frame. */
export function cropPlane(plane: Plane, box: Box): Plane {
  const out = makePlane(box.width, box.height);
  for (let y = 0; y < box.height; y++) {
    const start = (box.y + y) * plane.width + box.x;
    out.data.set(plane.data.subarray(start, start + box.width), y * box.width);
  }
  return out;
}

/** Writes the box of a plane, of which `part` is known, from there. @param around where the part lies in the plane */
export function copyBox(part: Plane, around: Box, plane: Plane, box: Box): void {
  for (let y = box.y; y < box.y + box.height; y++) {
    const start = (y - around.y) * part.width + box.x - around.x;
    plane.data.set(part.data.subarray(start, start + box.width), y * plane.width + box.x);
  }
}

/** The box grown by a share of its longer side, cut at the frame. */
export function growBox(box: Box, share: number, frame: { width: number; height: number }): Box {
  return boxAround(box, Math.round(Math.max(box.width, box.height) * share), frame);
}

/** The box grown by that many pixels, cut at the frame. */
export function boxAround(box: Box, by: number, frame: { width: number; height: number }): Box {
  const x = Math.max(0, box.x - by);
  const y = Math.max(0, box.y - by);
  return {
    x,
    y,
    width: Math.min(frame.width, box.x + box.width + by) - x,
    height: Math.min(frame.height, box.y + box.height + by) - y,
  };
}
