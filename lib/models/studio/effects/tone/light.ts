import type { Pixels } from "@/lib/images/pixels";
import { clamp01, encode, LINEAR } from "../colour/srgb";

const STEPS = 2048;

/** A pixel gets no more than this much more of its own colour; the rest of a lift is grey. */
const MOST_GAIN = 8;

/** Weights of linear red, green and blue in luminance (Rec. 709). */
export const LUMA = { r: 0.2126, g: 0.7152, b: 0.0722 } as const;

/**
 * Maps perceived lightness 0..1 (cube root of luminance) by a curve and keeps hue and saturation. What a brighter
 * pixel cannot show as colour it shows as light: channels past white are drawn towards grey, never cut.
 */
export function mapLightness(pixels: Pixels, curve: (lightness: number) => number): Pixels {
  const copy = { ...pixels, data: new Uint8Array(pixels.data) };
  remapLightness(copy, curve);
  return copy;
}

/** `mapLightness` in place. */
export function remapLightness({ data }: Pixels, curve: (lightness: number) => number): void {
  // By the root of luminance: even steps of light would be far apart for the eye near black.
  const targets = Float32Array.from(
    { length: STEPS + 2 },
    (_, i) => clamp01(curve(Math.min(1, i / STEPS) ** (2 / 3))) ** 3,
  );
  for (let i = 0; i < data.length; i += 4) {
    const r = LINEAR[data[i] ?? 0] ?? 0;
    const g = LINEAR[data[i + 1] ?? 0] ?? 0;
    const b = LINEAR[data[i + 2] ?? 0] ?? 0;
    const luminance = LUMA.r * r + LUMA.g * g + LUMA.b * b;
    const at = Math.sqrt(luminance) * STEPS;
    const low = targets[at | 0] ?? 0;
    const target = low + ((targets[(at | 0) + 1] ?? 1) - low) * (at - (at | 0));
    const gain = luminance * MOST_GAIN > target ? target / luminance : MOST_GAIN;
    const lift = target - luminance * gain;
    writeLight(data, i, r * gain + lift, g * gain + lift, b * gain + lift);
  }
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
