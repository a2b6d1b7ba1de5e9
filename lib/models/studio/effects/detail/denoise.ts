import type { Pixels } from "@/lib/images/pixels";
import { toLabPlanes, writeLab } from "../colour/oklab";
import type { Size } from "../filters/gauss";
import { guidedFilter } from "../filters/guided";
import { spreadColour, withAlphaOf } from "../filters/spread";
import { inBands } from "./bands";

/**
 * Takes noise away, amount 0..1: colour noise broadly, for eyes see colour coarsely, and lightness only as far as the
 * noise measured in the picture goes, so that real texture stays.
 */
export function denoise(pixels: Pixels, amount: number): Pixels {
  if (amount <= 0) return pixels;
  const clean = inBands(spreadColour(pixels), 24, (band) => denoiseBand(band, amount));
  return withAlphaOf(clean, pixels);
}

function denoiseBand(band: Pixels, amount: number): Pixels {
  const planes = toLabPlanes(band);
  const noise = Math.max(0.004, noiseOf(planes.l, planes));
  const variance = noise * noise;
  const fine = guidedFilter(planes.l, {
    guide: planes.l,
    size: planes,
    radius: 2,
    epsilon: variance * (0.6 + 5 * amount),
  });
  const l = guidedFilter(fine, {
    guide: fine,
    size: planes,
    radius: 4,
    epsilon: variance * (0.3 + 2.5 * amount),
  });
  const chroma = { guide: l, size: planes, radius: 8, epsilon: variance * (1 + 6 * amount) };
  const a = guidedFilter(planes.a, chroma);
  const b = guidedFilter(planes.b, chroma);
  const data = new Uint8Array(band.data);
  const keep = 1 - Math.min(1, amount * 1.6);
  for (let p = 0; p < l.length; p++) {
    const ca = (a[p] ?? 0) * (1 - keep) + (planes.a[p] ?? 0) * keep;
    const cb = (b[p] ?? 0) * (1 - keep) + (planes.b[p] ?? 0) * keep;
    const cl = (l[p] ?? 0) * (1 - keep) + (planes.l[p] ?? 0) * keep;
    writeLab(data, p * 4, cl, ca, cb);
  }
  return { data, width: band.width, height: band.height };
}

/** Standard deviation of the noise by Immerkaer's operator (1996), as a median so that edges do not count. */
function noiseOf(plane: Float32Array, { width, height }: Size): number {
  const values: number[] = [];
  const stride = Math.max(1, Math.floor(Math.sqrt((width * height) / 60_000)));
  for (let y = 1; y < height - 1; y += stride) {
    for (let x = 1; x < width - 1; x += stride) {
      const at = (dx: number, dy: number) => plane[(y + dy) * width + x + dx] ?? 0;
      const corners = at(-1, -1) + at(1, -1) + at(-1, 1) + at(1, 1);
      const sides = at(0, -1) + at(0, 1) + at(-1, 0) + at(1, 0);
      values.push(Math.abs(corners - 2 * sides + 4 * at(0, 0)));
    }
  }
  const sorted = Float64Array.from(values).sort();
  // The operator's weights have norm 6; a normal distribution has its median deviation at 0.6745 sigma.
  return (sorted[Math.floor(sorted.length / 2)] ?? 0) / 6 / 0.6745;
}
