import type { Pixels } from "@/lib/images/pixels";
import { clamp01, LINEAR, mix } from "../colour/srgb";
import { sharpen } from "../detail/sharpen";
import { resaturate } from "./adjust";
import { measureLevels } from "./levels";
import { remapLightness, writeLight } from "./light";
import { localContrast } from "./local-contrast";

/**
 * What a careful retoucher does first: takes half of a colour cast away, uses the range from black to white,
 * brings the middle to where eyes expect it, opens shadows, adds a little colour and crispness. Pictures that
 * are already good change little.
 */
export async function autoEnhance(pixels: Pixels): Promise<Pixels> {
  // One copy that every step but the last works on: large pictures have no room for one each.
  const sheet = { ...pixels, data: new Uint8Array(pixels.data) };
  balance(sheet);
  const levels = measureLevels(sheet);
  const low = Math.min(levels.at(0.004), 0.16);
  const high = Math.max(levels.at(0.996), 0.8);
  const range = high - low;
  const middle = clamp01((levels.at(0.5) - low) / range);
  // Half way to a middle of 0.56, at most by a third of a stop of gamma either way.
  const gamma = Math.min(
    1.16,
    Math.max(0.72, Math.log(mix(middle, 0.56, 0.5)) / Math.log(clampOpen(middle))),
  );
  remapLightness(sheet, (l) => clamp01((l - low) / range) ** gamma);
  await localContrast(sheet, { detail: 1.22, shadows: 0.12 });
  resaturate(sheet, 0.16);
  return sharpen(sheet, 0.22);
}

function clampOpen(value: number): number {
  return Math.min(0.95, Math.max(0.05, value));
}

/** Grey world over the middle tones, half applied and never by more than 12 %. In place. */
function balance(pixels: Pixels): void {
  const sums = [0, 0, 0];
  const stride = 4 * Math.max(1, Math.floor(pixels.data.length / 4 / 200_000));
  for (let i = 0; i < pixels.data.length; i += stride) {
    const rgb = [pixels.data[i] ?? 0, pixels.data[i + 1] ?? 0, pixels.data[i + 2] ?? 0];
    const most = Math.max(...rgb);
    const least = Math.min(...rgb);
    // Strong colours belong to things, weak ones to the light.
    if (most > 245 || most < 40 || most - least > most * 0.28) continue;
    for (const [c, value] of rgb.entries()) sums[c] = (sums[c] ?? 0) + (LINEAR[value] ?? 0);
  }
  const [r = 0, g = 0, b = 0] = sums;
  if (g === 0 || r === 0 || b === 0) return;
  const gain = (sum: number) => Math.min(1.12, Math.max(0.88, Math.sqrt(g / sum)));
  const red = gain(r);
  const blue = gain(b);
  const { data } = pixels;
  for (let i = 0; i < data.length; i += 4) {
    const lr = (LINEAR[data[i] ?? 0] ?? 0) * red;
    const lg = LINEAR[data[i + 1] ?? 0] ?? 0;
    const lb = (LINEAR[data[i + 2] ?? 0] ?? 0) * blue;
    writeLight(data, i, lr, lg, lb);
  }
}
