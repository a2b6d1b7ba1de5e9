import type { Pixels } from "@/lib/images/pixels";
import { clamp01 } from "../colour/srgb";
import { gauss } from "../filters/gauss";
import { guidedFilter } from "../filters/guided";
import { spreadColour, withAlphaOf } from "../filters/spread";
import { inBands } from "./bands";

/** Smooths fine texture and adds the glow of a soft lens, amount 0..1; outlines stay readable. */
export function soften(pixels: Pixels, amount: number): Pixels {
  if (amount <= 0) return pixels;
  const long = Math.max(pixels.width, pixels.height);
  const radius = Math.max(2, Math.round((long / 220) * (0.5 + amount)));
  const glow = Math.max(1, (long / 160) * (0.5 + amount));
  const overlap = Math.ceil(Math.max(radius * 2, glow * 3));
  const soft = inBands(spreadColour(pixels), overlap, (band) => softenBand(band, { amount, radius, glow }));
  return withAlphaOf(soft, pixels);
}

function softenBand(
  { data, width, height }: Pixels,
  { amount, radius, glow }: { amount: number; radius: number; glow: number },
): Pixels {
  const size = { width, height };
  const out = new Uint8Array(data);
  const epsilon = 0.0015 + amount * 0.012;
  for (let c = 0; c < 3; c++) {
    const plane = new Float32Array(width * height);
    for (let p = 0; p < plane.length; p++) plane[p] = (data[p * 4 + c] ?? 0) / 255;
    const smooth = guidedFilter(plane, { guide: plane, size, radius, epsilon });
    const halo = gauss(plane, size, glow);
    for (let p = 0; p < plane.length; p++) {
      const base = smooth[p] ?? 0;
      const screen = 1 - (1 - base) * (1 - (halo[p] ?? 0) * 0.5);
      // Half blur, half screened light: the bright parts bloom, the middle tones hold.
      const bloom = base * 0.55 + (halo[p] ?? 0) * 0.3 + screen * 0.15;
      const mixed = (plane[p] ?? 0) * (1 - amount) + (base * 0.6 + bloom * 0.4) * amount;
      out[p * 4 + c] = clamp01(mixed) * 255 + 0.5;
    }
  }
  return { data: out, width, height };
}
