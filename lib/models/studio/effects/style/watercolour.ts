import type { Pixels } from "@/lib/images/pixels";
import { fromLabPlanes, type LabPlanes, toLabPlanes } from "../colour/oklab";
import { clamp01, mix, smoothstep } from "../colour/srgb";
import { edgeFlow } from "../filters/flow";
import { gauss, type Size } from "../filters/gauss";
import { simplify } from "../filters/kuwahara";
import { clouds } from "../filters/noise";
import { paintOn } from "./canvas";
import { coldPressed, type Paper } from "./paper";

/**
 * A watercolour: calm washes in a few tones, pigment that gathers at their rims and in the tooth of the paper,
 * colour that strays over its edges, bare paper in the lights and around an uneven border.
 */
export function watercolour(pixels: Pixels): Promise<Pixels> {
  return paintOn(pixels, paint);
}

function paint(canvas: Pixels): Pixels {
  const unit = Math.max(canvas.width, canvas.height) / 1400;
  const sheet = sheetOf(canvas, unit);
  const source = toLabPlanes(canvas);
  const flow = edgeFlow(source.l, canvas, 3 * unit);
  const calm = simplify(simplify(source, { flow, radius: 7 * unit }), { flow, radius: 5 * unit });
  const wet = wander(calm, sheet, unit);
  const washes = layWashes(wet, sheet);
  const pigment = pigmentDensity(washes, sheet, unit);
  return glaze(fromLabPlanes(washes), pigment, sheet);
}

/** What depends on the size of the picture alone. */
type Sheet = {
  paper: Paper;
  shiftX: Float32Array;
  shiftY: Float32Array;
  drift: Float32Array;
  pools: Float32Array;
  blooms: Float32Array;
  wobble: Float32Array;
};

let last: { size: string; sheet: Sheet } | undefined;

/** Most photos of a session have one size: the sheet of the last one is kept, 48 MB at the most. */
function sheetOf({ width, height }: Size, unit: number): Sheet {
  const size = `${width} ${height}`;
  if (last?.size !== size) {
    // Both at once would be twice as much.
    last = undefined;
    last = { size, sheet: newSheet({ width, height }, unit) };
  }
  return last.sheet;
}

function newSheet(size: Size, unit: number): Sheet {
  return {
    paper: coldPressed(unit, 3),
    shiftX: clouds(size, { cell: 26 * unit, octaves: 3, seed: 11 }),
    shiftY: clouds(size, { cell: 26 * unit, octaves: 3, seed: 23 }),
    drift: clouds(size, { cell: 90 * unit, octaves: 3, seed: 5 }),
    pools: clouds(size, { cell: 160 * unit, octaves: 2, seed: 31 }),
    blooms: clouds(size, { cell: 30 * unit, octaves: 4, seed: 47 }),
    wobble: clouds(size, { cell: 60 * unit, octaves: 4, seed: 71 }),
  };
}

/** Shifts the picture by a slow noise, so that no edge stays straight, and lets colour run past its edge. */
function wander({ l, a, b, width, height }: LabPlanes, { shiftX, shiftY }: Sheet, unit: number): LabPlanes {
  const runA = gauss(a, { width, height }, 4 * unit);
  const runB = gauss(b, { width, height }, 4 * unit);
  const out = { l: l.slice(), a: a.slice(), b: b.slice(), width, height };
  const at = (x: number, y: number) =>
    Math.min(height - 1, Math.max(0, (y + 0.5) | 0)) * width +
    Math.min(width - 1, Math.max(0, (x + 0.5) | 0));
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const dx = (shiftX[i] ?? 0) * 5 * unit;
      const dy = (shiftY[i] ?? 0) * 5 * unit;
      const near = at(x + dx, y + dy);
      const far = at(x + dx * 2.6, y + dy * 2.6);
      out.l[i] = l[near] ?? 0;
      out.a[i] = mix(a[near] ?? 0, runA[far] ?? 0, 0.45);
      out.b[i] = mix(b[near] ?? 0, runB[far] ?? 0, 0.45);
    }
  }
  return out;
}

/** Lifts the lights to paper, gathers tones into soft steps and cleans the colours as thin paint does. */
function layWashes({ l, a, b, width, height }: LabPlanes, { drift }: Sheet): LabPlanes {
  const steps = 7;
  for (let i = 0; i < l.length; i++) {
    const dark = 1 - clamp01(l[i] ?? 0);
    const lifted = 1 - 0.75 * dark * Math.sqrt(Math.sqrt(dark));
    const level = lifted * steps + (drift[i] ?? 0) * 0.7;
    const step = Math.floor(level);
    const stepped = (step + smoothstep(0.2, 0.8, level - step) - (drift[i] ?? 0) * 0.7) / steps;
    const tone = mix(lifted, stepped, 0.6);
    // Near white the wash runs out and the paper stays bare.
    const bare = smoothstep(0.9, 1, tone);
    l[i] = mix(tone, 1, bare);
    const colour = 1.22 * (1 - bare * 0.8);
    a[i] = (a[i] ?? 0) * colour;
    b[i] = (b[i] ?? 0) * colour;
  }
  return { l, a, b, width, height };
}

/** 1 = as painted, more = darker: rims of washes, pools and blooms. */
function pigmentDensity(
  { l, width, height }: LabPlanes,
  { pools, blooms }: Sheet,
  unit: number,
): Float32Array {
  const size = { width, height };
  const fine = gauss(l, size, 1 * unit);
  const wide = gauss(l, size, 5 * unit);
  for (let i = 0; i < fine.length; i++) {
    // Pigment dries on the dark side of an edge.
    const rim = clamp01(((wide[i] ?? 0) - (fine[i] ?? 0)) * 9);
    const lightSide = clamp01(((fine[i] ?? 0) - (wide[i] ?? 0)) * 9);
    fine[i] = 1 + rim * 0.75 - lightSide * 0.25 + (pools[i] ?? 0) * 0.3 + (blooms[i] ?? 0) * 0.28;
  }
  return fine;
}

/** Multiplies pigment into the colours, c' = c - (c - c²)(d - 1) (Bousseau 2006), over the paper. */
function glaze({ data, width, height }: Pixels, density: Float32Array, { paper, wobble }: Sheet): Pixels {
  const edge = paintedArea({ width, height }, wobble);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p++) {
      const grain = paper(x, y);
      const cover = edge(x, y, grain);
      const d = (density[p] ?? 1) + grain * 0.22;
      const light = 1 + grain * 0.012;
      for (let c = 0; c < 3; c++) {
        const i = p * 4 + c;
        const colour = (data[i] ?? 0) / 255;
        const painted = clamp01(colour - (colour - colour * colour) * (d - 1));
        data[i] = clamp01(mix(1, painted, cover) * (PAPER[c] ?? 1) * light) * 255 + 0.5;
      }
    }
  }
  return { data, width, height };
}

/** A slightly warm white. */
const PAPER = [0.992, 0.985, 0.965];

/** 1 where there is paint, 0 on the bare rim of the sheet, which is as uneven as a brush leaves it. */
function paintedArea({ width, height }: Size, wobble: Float32Array) {
  const short = Math.min(width, height);
  const rim = short * 0.022;
  return (x: number, y: number, grain: number) => {
    const inside = Math.min(x, y, width - 1 - x, height - 1 - y);
    if (inside > rim * 3) return 1;
    const waver = (wobble[y * width + x] ?? 0) * rim * 1.1;
    return smoothstep(rim * 0.82, rim * 1.12, inside + waver + grain * rim * 0.08);
  };
}
