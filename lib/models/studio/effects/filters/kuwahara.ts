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
  const sigma = Math.max(0.6, radius * 0.42);
  const means = {
    l: gauss(planes.l, planes, sigma),
    a: gauss(planes.a, planes, sigma),
    b: gauss(planes.b, planes, sigma),
  };
  const spread = gauss(squares(planes), planes, sigma);
  const out = { l: planes.l.slice(), a: planes.a.slice(), b: planes.b.slice(), width, height };
  for (let i = 0; i < spread.length; i++) {
    const l = means.l[i] ?? 0;
    const a = means.a[i] ?? 0;
    const b = means.b[i] ?? 0;
    const variance = Math.max(0, (spread[i] ?? 0) - (l * l + COLOUR * (a * a + b * b)));
    // Squaring makes the calmest sector win clearly.
    spread[i] = 1 / (variance * variance + 1e-8);
  }
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) gather(out, { means, spread, flow, x, y, i, reach: radius * 0.75 });
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
  means: { l: Float32Array; a: Float32Array; b: Float32Array };
  spread: Float32Array;
  flow: Flow;
  x: number;
  y: number;
  i: number;
  reach: number;
};

function gather(out: LabPlanes, { means, spread, flow, x, y, i, reach }: Gather): void {
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
    const sx = Math.min(width - 1, Math.max(0, Math.round(x + tx * u - ty * v)));
    const sy = Math.min(height - 1, Math.max(0, Math.round(y + ty * u + tx * v)));
    const at = sy * width + sx;
    const weight = spread[at] ?? 0;
    weights += weight;
    l += (means.l[at] ?? 0) * weight;
    a += (means.a[at] ?? 0) * weight;
    b += (means.b[at] ?? 0) * weight;
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
