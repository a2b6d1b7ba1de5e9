import type { Pixels } from "@/lib/images/pixels";
import { clamp01 } from "../colour/srgb";
import { clouds, hash } from "../filters/noise";
import { saturate } from "../tone/adjust";
import { vignette } from "../tone/vignette";

/** A faded print of the seventies: milky blacks, warm lights, cool green shadows, grain and dark corners. */
export function vintage(pixels: Pixels): Pixels {
  const faded = vignette(saturate(pixels, -0.28), 0.4);
  const curves = [RED, GREEN, BLUE].map((points) =>
    Float32Array.from({ length: 256 }, (_, value) => curve(points, value / 255) * 255),
  );
  const { data, width, height } = faded;
  const coarse = Math.max(1, Math.max(width, height) / 1400);
  const tile = { width: 256, height: 256 };
  const clumps = clouds(tile, { cell: 2.4 * coarse, octaves: 2, seed: 17, wrap: true });
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      const light = (data[i + 1] ?? 0) / 255;
      const grain = (clumps[(y & 255) * 256 + (x & 255)] ?? 0) * 11 + (hash(x, y, 29) - 0.5) * 7;
      // Grain shows most in the middle tones.
      const visible = grain * (0.35 + 2.4 * light * (1 - light));
      for (let c = 0; c < 3; c++) {
        const toned = curves[c]?.[data[i + c] ?? 0] ?? 0;
        data[i + c] = clamp01((toned + visible) / 255) * 255 + 0.5;
      }
    }
  }
  return faded;
}

/** Output at inputs 0, 1/4, 1/2, 3/4 and 1. */
const RED = [0.1, 0.28, 0.57, 0.83, 0.985];
const GREEN = [0.1, 0.285, 0.54, 0.78, 0.945];
const BLUE = [0.145, 0.3, 0.49, 0.68, 0.82];

/** Catmull-Rom through evenly spaced points. */
function curve(points: number[], x: number): number {
  const place = x * (points.length - 1);
  const k = Math.min(points.length - 2, Math.floor(place));
  const t = place - k;
  const p1 = points[k] ?? 0;
  const p2 = points[k + 1] ?? 1;
  const p0 = points[k - 1] ?? p1 * 2 - p2;
  const p3 = points[k + 2] ?? p2 * 2 - p1;
  const bend = 2 * p0 - 5 * p1 + 4 * p2 - p3 + (3 * (p1 - p2) + p3 - p0) * t;
  return p1 + 0.5 * t * (p2 - p0 + t * bend);
}
