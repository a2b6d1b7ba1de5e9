import type { LabPlanes } from "../colour/oklab";
import type { Flow } from "./flow";
import { gauss } from "./gauss";

/**
 * Paints the picture in flat patches with firm edges: an anisotropic Kuwahara filter (after Kyprianidis,
 * Kang and Döllner 2009). Its eight sectors are read from blurred planes at eight offsets on an ellipse that
 * lies along the edges, so the cost does not grow with the radius (pixels).
 */
export function simplify(planes: LabPlanes, { flow, radius }: { flow: Flow; radius: number }): LabPlanes {
  const { width, height } = planes;
  const sectors = sectorsOf(planes, Math.max(0.6, radius * 0.42));
  const size = width * height;
  const out = {
    l: new Float32Array(size),
    a: new Float32Array(size),
    b: new Float32Array(size),
    width,
    height,
  };
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) gather(out, { sectors, flow, x, y, i, reach: radius * 0.75 });
  }
  return out;
}

/** Mean l, a, b around every pixel and its weight, side by side: each sector is then one place in memory. */
function sectorsOf(planes: LabPlanes, sigma: number): Float32Array {
  const l = gauss(planes.l, planes, sigma);
  const a = gauss(planes.a, planes, sigma);
  const b = gauss(planes.b, planes, sigma);
  const spread = gauss(squares(planes), planes, sigma);
  const out = new Float32Array(spread.length * 4);
  for (let i = 0, o = 0; i < spread.length; i++, o += 4) {
    const ml = l[i] ?? 0;
    const ma = a[i] ?? 0;
    const mb = b[i] ?? 0;
    const variance = Math.max(0, (spread[i] ?? 0) - (ml * ml + COLOUR * (ma * ma + mb * mb)));
    out[o] = ml;
    out[o + 1] = ma;
    out[o + 2] = mb;
    // Squaring makes the calmest sector win clearly.
    out[o + 3] = 1 / (variance * variance + 1e-8);
  }
  return out;
}

/** Differences of hue count more than of lightness: patches keep their colour. */
const COLOUR = 4;
const DIRECTIONS = Array.from({ length: 8 }, (_, k) => [
  Math.cos((k * Math.PI) / 4),
  Math.sin((k * Math.PI) / 4),
]).flat();

type Gather = {
  sectors: Float32Array;
  flow: Flow;
  x: number;
  y: number;
  i: number;
  reach: number;
};

function gather(out: LabPlanes, { sectors, flow, x, y, i, reach }: Gather): void {
  const { width, height } = out;
  const tx = flow.x[i] ?? 1;
  const ty = flow.y[i] ?? 0;
  const stretch = 1 + (flow.strength[i] ?? 0) * 0.7;
  const along = reach * stretch;
  const across = reach / stretch;
  let weights = 0;
  let l = 0;
  let a = 0;
  let b = 0;
  for (let k = 0; k < 16; k += 2) {
    const u = (DIRECTIONS[k] ?? 0) * along;
    const v = (DIRECTIONS[k + 1] ?? 0) * across;
    const sx = Math.min(width - 1, Math.max(0, (x + tx * u - ty * v + 0.5) | 0));
    const sy = Math.min(height - 1, Math.max(0, (y + ty * u + tx * v + 0.5) | 0));
    const at = (sy * width + sx) * 4;
    const weight = sectors[at + 3] ?? 0;
    weights += weight;
    l += (sectors[at] ?? 0) * weight;
    a += (sectors[at + 1] ?? 0) * weight;
    b += (sectors[at + 2] ?? 0) * weight;
  }
  out.l[i] = l / weights;
  out.a[i] = a / weights;
  out.b[i] = b / weights;
}

function squares({ l, a, b }: LabPlanes): Float32Array {
  const out = new Float32Array(l.length);
  for (let i = 0; i < out.length; i++) {
    const li = l[i] ?? 0;
    const ai = a[i] ?? 0;
    const bi = b[i] ?? 0;
    out[i] = li * li + COLOUR * (ai * ai + bi * bi);
  }
  return out;
}
