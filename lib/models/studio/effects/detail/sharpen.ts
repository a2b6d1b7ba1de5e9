import type { Pixels } from "@/lib/images/pixels";
import { clamp01, smoothstep } from "../colour/srgb";
import { gauss, type Size } from "../filters/gauss";
import { spreadColour, withAlphaOf } from "../filters/spread";
import { inBands } from "./bands";

/**
 * Unsharp mask on lightness, amount 0..1. Differences as small as noise are left alone, and no pixel passes the
 * lightest or darkest of its neighbours by more than a little: edges get crisp without bright rims.
 */
export function sharpen(pixels: Pixels, amount: number, radius = sharpenRadius(pixels)): Pixels {
  const sharp = inBands(spreadColour(pixels), Math.ceil(radius * 4) + 2, (band) =>
    sharpenBand(band, amount, radius),
  );
  return withAlphaOf(sharp, pixels);
}

function sharpenRadius({ width, height }: Size): number {
  return Math.min(2.4, Math.max(0.8, Math.max(width, height) / 1800));
}

function sharpenBand({ data, width, height }: Pixels, amount: number, radius: number): Pixels {
  const size = { width, height };
  const light = lumaOf(data);
  const blurred = gauss(light, size, radius);
  const out = new Uint8Array(data);
  for (let y = 0, p = 0; y < height; y++) {
    const up = y > 0 ? -width : 0;
    const down = y < height - 1 ? width : 0;
    for (let x = 0; x < width; x++, p++) {
      const centre = light[p] ?? 0;
      const left = light[x > 0 ? p - 1 : p] ?? 0;
      const right = light[x < width - 1 ? p + 1 : p] ?? 0;
      const above = light[p + up] ?? 0;
      const below = light[p + down] ?? 0;
      const detail = centre - (blurred[p] ?? 0);
      const gain = amount * 2.2 * smoothstep(0.6, 4, Math.abs(detail));
      const slack = 2 + amount * 9;
      const least = Math.min(centre, left, right, above, below) - slack;
      const most = Math.max(centre, left, right, above, below) + slack;
      const change = Math.min(most, Math.max(least, centre + detail * gain)) - centre;
      const i = p * 4;
      for (let c = 0; c < 3; c++) out[i + c] = clamp01(((out[i + c] ?? 0) + change) / 255) * 255 + 0.5;
    }
  }
  return { data: out, width, height };
}

/** Luma 0..255 (Rec. 709 weights on sRGB values). */
function lumaOf(data: Uint8Array): Float32Array {
  const luma = new Float32Array(data.length / 4);
  for (let p = 0, i = 0; p < luma.length; p++, i += 4) {
    luma[p] = 0.2126 * (data[i] ?? 0) + 0.7152 * (data[i + 1] ?? 0) + 0.0722 * (data[i + 2] ?? 0);
  }
  return luma;
}
