import type { Pixels } from "@/lib/images/pixels";
import type { Rgb } from "../../edit-plan";
import { clamp01 } from "../colour/srgb";
import { place } from "./canvas";

/** A border outside the picture; `share` of the short side wide. */
export function addBorder(pixels: Pixels, { colour, share }: { colour: Rgb; share: number }): Pixels {
  const { width, height } = pixels;
  const wide = Math.max(1, Math.round(Math.min(width, height) * share));
  return place(pixels, { x: wide, y: wide, width: width + 2 * wide, height: height + 2 * wide }, colour);
}

/** Rounds the corners off with a radius of `share` of the short side, anti-aliased; outside is transparent. */
export function roundCorners({ data, width, height }: Pixels, share: number): Pixels {
  const radius = Math.min(width, height) * Math.min(0.5, Math.max(0, share));
  const out = new Uint8Array(data);
  for (let y = 0, i = 0; y < height; y++) {
    const dy = Math.max(radius - y - 0.5, y + 0.5 - (height - radius), 0);
    for (let x = 0; x < width; x++, i += 4) {
      const dx = Math.max(radius - x - 0.5, x + 0.5 - (width - radius), 0);
      if (dx === 0 || dy === 0) continue;
      const cover = clamp01(radius + 0.5 - Math.sqrt(dx * dx + dy * dy));
      out[i + 3] = Math.round((out[i + 3] ?? 0) * cover);
      if (out[i + 3] === 0) out.fill(0, i, i + 3);
    }
  }
  return { data: out, width, height };
}
