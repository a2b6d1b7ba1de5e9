import type { Pixels } from "@/lib/images/pixels";
import { toLabPlanes } from "../colour/oklab";
import { clamp01, smoothstep } from "../colour/srgb";
import { edgeFlow } from "../filters/flow";
import type { Size } from "../filters/gauss";
import { guidedFilter } from "../filters/guided";
import { inkLines } from "../filters/ink";
import { hash } from "../filters/noise";
import { paintOn } from "./canvas";
import { coldPressed } from "./paper";

/** A pencil drawing: contours joined along the edges, tone in layers of hatching, graphite on paper. */
export function sketch(pixels: Pixels): Promise<Pixels> {
  return paintOn(pixels, draw);
}

function draw(canvas: Pixels): Pixels {
  const size = { width: canvas.width, height: canvas.height };
  const unit = Math.max(size.width, size.height) / 1400;
  const lightness = stretch(toLabPlanes(canvas).l);
  const tone = guidedFilter(lightness, {
    guide: lightness,
    size,
    radius: Math.round(6 * unit),
    epsilon: 0.003,
  });
  const flow = edgeFlow(tone, size, 2.5 * unit);
  const contours = inkLines(tone, { flow, stroke: 1.1 * unit, threshold: 0.006, softness: 0.03 });
  const outlines = inkLines(tone, { flow, stroke: 2.4 * unit, threshold: 0.014, softness: 0.06 });
  const layers = HATCHING.map(({ angle }, k) => strokes(size, { angle, unit, seed: 19 + k }));
  const paper = coldPressed(unit, 9);
  const data = new Uint8Array(canvas.data.length);
  for (let y = 0, p = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, p++) {
      const tooth = paper(x, y);
      const shade = hatch(1 - (tone[p] ?? 0), layers, p);
      const line = 1 - (contours[p] ?? 1) * (0.35 + 0.65 * (outlines[p] ?? 1));
      // Graphite catches on the bumps of the paper and skips its valleys.
      const graphite = clamp01(shade * (1 + tooth * 0.6) + line * (0.8 + tooth * 0.25));
      const light = 0.985 + tooth * 0.008 - graphite * 0.78;
      data[p * 4] = clamp01(light) * 252;
      data[p * 4 + 1] = clamp01(light) * 251;
      data[p * 4 + 2] = clamp01(light + 0.004) * 247;
      data[p * 4 + 3] = 255;
    }
  }
  return { data, ...size };
}

/** Each layer starts where the picture is darker than `from` and is full at `to`. */
const HATCHING = [
  { angle: -0.9, from: 0.2, to: 0.6, weight: 0.34 },
  { angle: -0.55, from: 0.45, to: 0.85, weight: 0.3 },
  { angle: 0.75, from: 0.65, to: 1, weight: 0.3 },
];

function hatch(darkness: number, layers: Float32Array[], p: number): number {
  // A little even shading first, as from the side of the pencil.
  let shade = smoothstep(0.1, 1, darkness) * 0.22;
  for (const [k, layer] of HATCHING.entries()) {
    const amount = smoothstep(layer.from, layer.to, darkness);
    if (amount > 0) shade += amount * layer.weight * clamp01((layers[k]?.[p] ?? 0) + amount * 0.12);
  }
  return shade;
}

/** Pencil strokes 0..1 at an angle (radians): noise drawn out along it, darker and lighter from stroke to stroke. */
function strokes(
  { width, height }: Size,
  { angle, unit, seed }: { angle: number; unit: number; seed: number },
) {
  const out = new Float32Array(width * height);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const pitch = Math.max(2.6, 5 * unit);
  const length = Math.max(20, 150 * unit);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const along = (x * cos + y * sin) / length;
      const bow = Math.sin(along * 1.7) * 1.3;
      const across = (-x * sin + y * cos) / pitch + bow;
      const line = Math.floor(across);
      const place = along + hash(line, 0, seed) * 7;
      const stroke = Math.floor(place);
      const t = place - stroke;
      const press = hash(line, stroke, seed) * (1 - t) + hash(line, stroke + 1, seed) * t;
      const body = 1 - Math.abs(across - line - 0.5) * 2;
      out[i] = clamp01((0.2 + press) * (0.1 + body * 1.25) - 0.06);
    }
  }
  return out;
}

/** Uses the whole range from graphite to paper, whatever the exposure; 1 % at either end may clip. */
function stretch(lightness: Float32Array): Float32Array {
  const counts = new Uint32Array(256);
  for (const value of lightness) {
    const bin = Math.round(clamp01(value) * 255);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const low = percentile(counts, lightness.length * 0.01);
  const high = Math.max(low + 0.2, percentile(counts, lightness.length * 0.97));
  return lightness.map((value) => clamp01((value - low) / (high - low)) ** 0.85);
}

function percentile(counts: Uint32Array, rank: number): number {
  let seen = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    seen += counts[bin] ?? 0;
    if (seen > rank) return bin / 255;
  }
  return 1;
}
