import type { Pixels } from "@/lib/images/pixels";
import { boxBlur } from "./gauss";

/**
 * Gives pixels with little or no alpha the colour of their visible neighbours, alpha itself untouched: what is
 * hidden under alpha 0 can then not bleed into a blur. Opaque pictures come back as they are.
 */
export function spreadColour(pixels: Pixels): Pixels {
  const { width, height } = pixels;
  const sums = weightedChannels(pixels);
  if (!sums) return pixels;
  const data = new Uint8Array(pixels.data);
  const done = new Uint8Array(width * height);
  const longest = Math.max(width, height);
  let [r, g, b, weight] = sums;
  // Each round reaches twice as far; the first that finds a visible neighbour gives the colour.
  for (let radius = 2; ; radius *= 2) {
    r = boxBlur(r, pixels, radius);
    g = boxBlur(g, pixels, radius);
    b = boxBlur(b, pixels, radius);
    weight = boxBlur(weight, pixels, radius);
    let left = 0;
    for (let p = 0, i = 0; p < done.length; p++, i += 4) {
      if (done[p] || (pixels.data[i + 3] ?? 0) > 127) continue;
      const total = weight[p] ?? 0;
      if (total < 1e-4) {
        left++;
        continue;
      }
      data[i] = (r[p] ?? 0) / total + 0.5;
      data[i + 1] = (g[p] ?? 0) / total + 0.5;
      data[i + 2] = (b[p] ?? 0) / total + 0.5;
      done[p] = 1;
    }
    if (left === 0 || radius > longest) return { data, width, height };
  }
}

/** Puts the alpha of `source` back; nothing is left to see under alpha 0. */
export function withAlphaOf(pixels: Pixels, source: Pixels): Pixels {
  for (let i = 3; i < pixels.data.length; i += 4) {
    const alpha = source.data[i] ?? 255;
    pixels.data[i] = alpha;
    if (alpha === 0) pixels.data.fill(0, i - 3, i);
  }
  return pixels;
}

function weightedChannels({ data, width, height }: Pixels) {
  const planes = Array.from({ length: 4 }, () => new Float32Array(width * height));
  const [r, g, b, weight] = planes;
  if (!(r && g && b && weight)) return null;
  let opaque = true;
  for (let p = 0, i = 0; p < weight.length; p++, i += 4) {
    const alpha = (data[i + 3] ?? 0) / 255;
    if (alpha < 1) opaque = false;
    r[p] = (data[i] ?? 0) * alpha;
    g[p] = (data[i + 1] ?? 0) * alpha;
    b[p] = (data[i + 2] ?? 0) * alpha;
    weight[p] = alpha;
  }
  const channels: [Float32Array, Float32Array, Float32Array, Float32Array] = [r, g, b, weight];
  return opaque ? null : channels;
}
