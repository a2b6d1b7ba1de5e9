import type { Pixels } from "@/lib/images/pixels";
import { clamp01, encode, LINEAR } from "../colour/srgb";

const STEPS = 4096;

/** Weights of linear red, green and blue in luminance (Rec. 709). */
export const LUMA = { r: 0.2126, g: 0.7152, b: 0.0722 } as const;

/**
 * Maps perceived lightness 0..1 (cube root of luminance) by a curve and keeps hue and saturation. What a brighter
 * pixel cannot show as colour it shows as light: channels past white are drawn towards grey, never cut.
 */
export function mapLightness(pixels: Pixels, curve: (lightness: number) => number): Pixels {
  const gains = Float32Array.from({ length: STEPS + 1 }, (_, i) => {
    // The darkest entry would divide by nothing; it takes the gain of its neighbour.
    const luminance = Math.max(i, 0.25) / STEPS;
    return Math.min(24, clamp01(curve(Math.cbrt(luminance))) ** 3 / luminance);
  });
  const data = new Uint8Array(pixels.data);
  for (let i = 0; i < data.length; i += 4) {
    const r = LINEAR[data[i] ?? 0] ?? 0;
    const g = LINEAR[data[i + 1] ?? 0] ?? 0;
    const b = LINEAR[data[i + 2] ?? 0] ?? 0;
    const luminance = LUMA.r * r + LUMA.g * g + LUMA.b * b;
    const gain = gains[Math.round(luminance * STEPS)] ?? 1;
    writeLight(data, i, r * gain, g * gain, b * gain);
  }
  return { ...pixels, data };
}

/** Writes linear light at `i`; a colour too bright for sRGB keeps its luminance and gives up saturation. */
export function writeLight(data: Uint8Array, i: number, r: number, g: number, b: number): void {
  const most = Math.max(r, g, b);
  if (most <= 1) {
    data[i] = encode(r);
    data[i + 1] = encode(g);
    data[i + 2] = encode(b);
    return;
  }
  const luminance = Math.min(1, LUMA.r * r + LUMA.g * g + LUMA.b * b);
  const keep = (1 - luminance) / (most - luminance);
  data[i] = encode(luminance + (r - luminance) * keep);
  data[i + 1] = encode(luminance + (g - luminance) * keep);
  data[i + 2] = encode(luminance + (b - luminance) * keep);
}
