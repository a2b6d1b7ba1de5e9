import type { Pixels } from "@/lib/images/pixels";
import { LINEAR } from "../colour/srgb";
import { LUMA } from "./light";

/** Distribution of perceived lightness (cube root of luminance, 0..1) over the visible pixels. */
export type Levels = { at: (share: number) => number; mean: number };

const BINS = 512;

export function measureLevels({ data, width, height }: Pixels): Levels {
  const counts = new Uint32Array(BINS);
  // Half a million samples place a percentile as well as all pixels do.
  const stride = 4 * Math.max(1, Math.floor((width * height) / 500_000));
  let seen = 0;
  let sum = 0;
  for (let i = 0; i < data.length; i += stride) {
    if ((data[i + 3] ?? 0) < 128) continue;
    const luminance =
      LUMA.r * (LINEAR[data[i] ?? 0] ?? 0) +
      LUMA.g * (LINEAR[data[i + 1] ?? 0] ?? 0) +
      LUMA.b * (LINEAR[data[i + 2] ?? 0] ?? 0);
    const bin = Math.min(BINS - 1, Math.round(Math.cbrt(luminance) * (BINS - 1)));
    counts[bin] = (counts[bin] ?? 0) + 1;
    seen++;
    sum += bin;
  }
  const mean = seen > 0 ? sum / seen / (BINS - 1) : 0.5;
  return { mean, at: (share) => percentile(counts, share * seen) };
}

function percentile(counts: Uint32Array, rank: number): number {
  let passed = 0;
  for (let bin = 0; bin < BINS; bin++) {
    passed += counts[bin] ?? 0;
    if (passed > rank) return bin / (BINS - 1);
  }
  return 1;
}
