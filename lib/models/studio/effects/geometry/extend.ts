import type { Pixels } from "@/lib/images/pixels";
import { hash } from "../filters/noise";
import { spreadColour } from "../filters/spread";
import { transpose } from "./turn";

type Margins = { left: number; top: number; right: number; bottom: number };

/**
 * Carries the picture on past its edges: the edge row, softened along itself the farther it gets from the frame,
 * with the fine texture of the rows next to it laid over. It starts as the edge itself, so there is no seam.
 */
export function extend(pixels: Pixels, { left, top, right, bottom }: Margins): Pixels {
  const source = spreadColour(pixels);
  const wide = left + right > 0 ? transpose(extendRows(transpose(source), left, right)) : source;
  const tall = top + bottom > 0 ? extendRows(wide, top, bottom) : wide;
  for (let i = 0; i < tall.data.length; i += 4) if (tall.data[i + 3] === 0) tall.data.fill(0, i, i + 3);
  return tall;
}

function extendRows(pixels: Pixels, above: number, below: number): Pixels {
  const { data, width, height } = pixels;
  const out = new Uint8Array(width * (height + above + below) * 4);
  out.set(data, above * width * 4);
  growSide(out, pixels, { count: above, firstRow: 0, step: 1, target: (d) => above - d });
  growSide(out, pixels, {
    count: below,
    firstRow: height - 1,
    step: -1,
    target: (d) => above + height - 1 + d,
  });
  return { data: out, width, height: height + above + below };
}

type Side = { count: number; firstRow: number; step: 1 | -1; target: (distance: number) => number };

function growSide(out: Uint8Array, pixels: Pixels, { count, firstRow, step, target }: Side): void {
  if (count === 0) return;
  const { width, height } = pixels;
  const row = (n: number) => readRow(pixels, firstRow + step * n);
  const levels = softened(edgeLine(row, Math.min(height, Math.max(1, Math.round(height * 0.008)))), width);
  const edge = row(0);
  // A strip too thin to hold an outline, thick enough to hold grain and blades of grass.
  const strip = Math.min(height, Math.max(6, Math.round(height * 0.025)));
  const textures = Array.from({ length: strip }, (_, n) => fineTexture(row(n), width));
  for (let d = 1; d <= count; d++) {
    const texture = textures[mirror(d, textures.length)] ?? edge;
    // Each pass over the strip is shifted, or its pattern would repeat.
    const shift = Math.floor(hash(Math.floor(d / textures.length), step, 7) * width * 0.1) * 4;
    // Level k is softened by 2^k pixels; softness grows with distance.
    const level = Math.min(levels.length - 1.001, Math.max(0, Math.log2(1 + d * 0.7)));
    const low = levels[Math.floor(level)] ?? edge;
    const high = levels[Math.floor(level) + 1] ?? low;
    const blend = level - Math.floor(level);
    const fromEdge = Math.max(0, 1 - d / 6);
    const start = target(d) * width * 4;
    for (let i = 0; i < width * 4; i++) {
      const line = (low[i] ?? 0) * (1 - blend) + (high[i] ?? 0) * blend;
      const base = line + ((edge[i] ?? 0) - line) * fromEdge;
      const dither =
        i % 4 === 3 ? 0.5 : (texture[(i + shift) % texture.length] ?? 0) * (1 - fromEdge) + hash(i, d, 3);
      out[start + i] = Math.min(255, Math.max(0, base + dither));
    }
  }
}

/** Mean of the rows nearest to the edge: one row alone would carry its noise outwards as streaks. */
function edgeLine(row: (n: number) => Float32Array, rows: number): Float32Array {
  const line = row(0).slice();
  for (let n = 1; n < rows; n++) {
    const next = row(n);
    for (let i = 0; i < line.length; i++) line[i] = (line[i] ?? 0) + (next[i] ?? 0);
  }
  return line.map((value) => value / rows);
}

function softened(line: Float32Array, width: number): Float32Array[] {
  const levels = [line];
  for (let radius = 2; radius < width / 6; radius *= 2) {
    const last = levels[levels.length - 1] ?? line;
    levels.push(boxLine(boxLine(last, width, radius), width, radius));
  }
  return levels;
}

/** What is finer than a few pixels, cut to the strength of texture so that no outline is mirrored. */
function fineTexture(row: Float32Array, width: number): Float32Array {
  const smooth = boxLine(boxLine(row, width, 3), width, 3);
  return row.map((value, i) => Math.min(14, Math.max(-14, value - (smooth[i] ?? 0))) * 0.8);
}

function boxLine(line: Float32Array, width: number, radius: number): Float32Array {
  const out = new Float32Array(line.length);
  for (let c = 0; c < 4; c++) {
    let sum = 0;
    const at = (x: number) => line[Math.min(width - 1, Math.max(0, x)) * 4 + c] ?? 0;
    for (let x = -radius; x < radius; x++) sum += at(x);
    for (let x = 0; x < width; x++) {
      sum += at(x + radius);
      out[x * 4 + c] = sum / (2 * radius + 1);
      sum -= at(x - radius);
    }
  }
  return out;
}

function readRow({ data, width }: Pixels, y: number): Float32Array {
  return Float32Array.from(data.subarray(y * width * 4, (y + 1) * width * 4));
}

/** 1, 2, 3 .. height - 1, height - 2 .. 1, 0, 1 .. */
function mirror(distance: number, height: number): number {
  if (height === 1) return 0;
  const at = distance % (2 * (height - 1));
  return at < height ? at : 2 * (height - 1) - at;
}
