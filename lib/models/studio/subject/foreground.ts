import type { Mask, Pixels } from "@/lib/images/pixels";
import { boxMean, makePlane, type Plane, sampleAt } from "../raster/plane";
import { shrinkChannel, shrinkPixels } from "../raster/shrink";

/** Colours around the edge vary slowly: they are estimated at this long edge. */
const WORK_EDGE = 720;

/**
 * Replaces the colours of half-covered pixels by those of the subject alone, in place, so that no rim of the old
 * background stays: blur fusion, twice (Forte: "Approximate Fast Foreground Colour Estimation", ICIP 2021).
 */
export async function clearRim(pixels: Pixels, mask: Mask): Promise<void> {
  const small = await shrinkPixels(pixels, WORK_EDGE);
  const { width, height } = small;
  const alpha = shrinkChannel(mask, { longEdge: WORK_EDGE, step: 1, offset: 0 });
  const edge = Math.max(width, height);
  for (let channel = 0; channel < 3; channel++) {
    const colour = toPlane(small, channel);
    const wide = split(colour, colour, alpha, Math.max(2, Math.round(edge / 24)));
    fuse(colour, wide, alpha);
    const near = split(wide.front, wide.back, alpha, Math.max(1, Math.round(edge / 120)));
    applyChannel(pixels, mask, channel, near);
  }
}

type Layers = { front: Plane; back: Plane };

/** Local means of the subject's and of the background's colour, each weighed by how much of it is seen. */
function split(front: Plane, back: Plane, alpha: Plane, radius: number): Layers {
  const { width, height } = alpha;
  const weighted = makePlane(width, height);
  const mean = (source: Plane, weight: (i: number) => number) => {
    for (let i = 0; i < weighted.data.length; i++) weighted.data[i] = (source.data[i] ?? 0) * weight(i);
    const sum = boxMean(weighted, radius);
    for (let i = 0; i < weighted.data.length; i++) weighted.data[i] = weight(i);
    boxMean(weighted, radius, weighted);
    for (let i = 0; i < sum.data.length; i++) sum.data[i] = (sum.data[i] ?? 0) / (weighted.data[i] ?? 0);
    return sum;
  };
  return {
    front: mean(front, (i) => (alpha.data[i] ?? 0) + 1e-4),
    back: mean(back, (i) => 1 - (alpha.data[i] ?? 0) + 1e-4),
  };
}

/** Moves both layers so that they mix to what was seen; the background keeps its local mean. */
function fuse(seen: Plane, { front, back }: Layers, alpha: Plane) {
  for (let i = 0; i < seen.data.length; i++) {
    front.data[i] = corrected(seen.data[i] ?? 0, front.data[i] ?? 0, back.data[i] ?? 0, alpha.data[i] ?? 0);
  }
}

function applyChannel({ data, width, height }: Pixels, mask: Mask, channel: number, { front, back }: Layers) {
  for (let i = 0; i < mask.data.length; i++) {
    const covered = mask.data[i] ?? 0;
    if (covered === 0 || covered === 255) continue;
    const u = ((i % width) + 0.5) / width;
    const v = (Math.floor(i / width) + 0.5) / height;
    const seen = (data[i * 4 + channel] ?? 0) / 255;
    const own = corrected(seen, sampleAt(front, u, v), sampleAt(back, u, v), covered / 255);
    data[i * 4 + channel] = Math.round(255 * own);
  }
}

function corrected(seen: number, front: number, back: number, alpha: number): number {
  return Math.min(Math.max(front + alpha * (seen - alpha * front - (1 - alpha) * back), 0), 1);
}

function toPlane({ data, width, height }: Pixels, channel: number): Plane {
  const plane = makePlane(width, height);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = (data[i * 4 + channel] ?? 0) / 255;
  return plane;
}
