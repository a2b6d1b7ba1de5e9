import type { Pixels } from "@/lib/images/pixels";
import type { Rgb } from "../../edit-plan";
import { cropPixels } from "../../raster/crop";
import type { Box } from "../../subject/types";
import { extend } from "./extend";

export type Fill = Rgb | "transparent" | "extend";

/** Cuts a window out of the picture; what lies outside the frame is filled. */
export function cutWindow(pixels: Pixels, window: Box, fill: Fill): Pixels {
  const visible = intersect(pixels, window);
  const part = cropPixels(pixels, visible);
  const margins = {
    left: visible.x - window.x,
    top: visible.y - window.y,
    right: window.x + window.width - visible.x - visible.width,
    bottom: window.y + window.height - visible.y - visible.height,
  };
  if (fill === "extend") return extend(part, margins);
  const laid = fill === "transparent" ? part : flatten(part, fill);
  return place(laid, { x: margins.left, y: margins.top, width: window.width, height: window.height }, fill);
}

/** Lays the pixels at x, y on a canvas of one colour or none. */
export function place({ data, width, height }: Pixels, on: Box, fill: Rgb | "transparent"): Pixels {
  const out = new Uint8Array(on.width * on.height * 4);
  if (fill !== "transparent") {
    const colour = [fill.r, fill.g, fill.b, 255];
    for (let i = 0; i < out.length; i += 4) out.set(colour, i);
  }
  for (let y = 0; y < height; y++) {
    out.set(data.subarray(y * width * 4, (y + 1) * width * 4), ((y + on.y) * on.width + on.x) * 4);
  }
  return { data: out, width: on.width, height: on.height };
}

/** Lays what is transparent on the colour. */
export function flatten({ data, width, height }: Pixels, { r, g, b }: Rgb): Pixels {
  const out = new Uint8Array(data);
  for (let i = 0; i < out.length; i += 4) {
    const alpha = (out[i + 3] ?? 255) / 255;
    if (alpha === 1) continue;
    out[i] = r + ((out[i] ?? 0) - r) * alpha + 0.5;
    out[i + 1] = g + ((out[i + 1] ?? 0) - g) * alpha + 0.5;
    out[i + 2] = b + ((out[i + 2] ?? 0) - b) * alpha + 0.5;
    out[i + 3] = 255;
  }
  return { data: out, width, height };
}

function intersect(frame: { width: number; height: number }, window: Box): Box {
  const x = Math.max(0, window.x);
  const y = Math.max(0, window.y);
  return {
    x,
    y,
    width: Math.min(frame.width, window.x + window.width) - x,
    height: Math.min(frame.height, window.y + window.height) - y,
  };
}
