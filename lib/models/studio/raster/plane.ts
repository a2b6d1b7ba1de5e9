/** One channel of floats, usually 0..1, rows without padding. */
export type Plane = { data: Float32Array; width: number; height: number };

export function makePlane(width: number, height: number): Plane {
  return { data: new Float32Array(width * height), width, height };
}

/**
 * Mean over a (2r + 1)² window, cut at the frame, in time that does not grow with r. `out` may be `source`.
 * @param radiusY height of the window where it differs from its width
 */
export function boxMean(
  source: Plane,
  radius: number,
  out: Plane = makePlane(source.width, source.height),
  radiusY = radius,
): Plane {
  const scratch = scratchOf(source.width * source.height);
  meanOfRows(source, Math.max(0, radius), scratch);
  meanOfColumns(scratch, Math.max(0, radiusY), out);
  return out;
}

/** Three box means: within 3 % of a Gaussian of this sigma (Wells 1986). `out` may be `source`. */
export function softBlur(source: Plane, sigma: number, out?: Plane, sigmaY = sigma): Plane {
  const radius = radiusOf(sigma);
  const radiusY = radiusOf(sigmaY);
  const once = boxMean(source, radius, out, radiusY);
  boxMean(once, radius, once, radiusY);
  return boxMean(once, radius, once, radiusY);
}

/** Three boxes of this radius have together the variance sigma². */
function radiusOf(sigma: number): number {
  return Math.max(0, Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
}

/** Bilinear, with pixel centres of a frame that spans the unit square: u, v in 0..1. */
export function sampleAt({ data, width, height }: Plane, u: number, v: number): number {
  const x = Math.min(Math.max(u * width - 0.5, 0), width - 1);
  const y = Math.min(Math.max(v * height - 0.5, 0), height - 1);
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = Math.min(left + 1, width - 1);
  const bottom = Math.min(top + 1, height - 1);
  const fx = x - left;
  const fy = y - top;
  const above = (data[top * width + left] ?? 0) * (1 - fx) + (data[top * width + right] ?? 0) * fx;
  const below = (data[bottom * width + left] ?? 0) * (1 - fx) + (data[bottom * width + right] ?? 0) * fx;
  return above * (1 - fy) + below * fy;
}

export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(Math.max((value - from) / (to - from), 0), 1);
  return t * t * (3 - 2 * t);
}

let spare = new Float32Array(0);

/** The one buffer all box means share: they never overlap in time. */
function scratchOf(length: number): Float32Array {
  if (spare.length < length || spare.length > length * 4) spare = new Float32Array(length);
  return spare;
}

/** Rows that are worked on together: each step of a sum waits for the one before, but not for those of its neighbours. */
const ABREAST = 4;

type Span = { width: number; reach: number };

function meanOfRows({ data, width, height }: Plane, radius: number, out: Float32Array) {
  const span = { width, reach: Math.min(radius, width - 1) };
  for (let y = 0; y < height; y += ABREAST) {
    // Where fewer are left, the last one is worked out again.
    const rows = Array.from({ length: ABREAST }, (_, i) => Math.min(y + i, height - 1) * width);
    const sums = Float64Array.from(rows, (row) => meanOfStart(data, row, span, out));
    meanOfMiddles(data, rows, span, sums, out);
    for (const [i, row] of rows.entries()) meanOfEnd(data, row, span, sums[i] ?? 0, out);
  }
}

/** Up to where the window leaves the start of the row behind; the sum it holds there. */
function meanOfStart(data: Float32Array, row: number, { width, reach }: Span, out: Float32Array): number {
  let sum = 0;
  for (let x = 0; x < reach; x++) sum += data[row + x] ?? 0;
  for (let x = 0; x < Math.min(width, reach + 1); x++) {
    if (x + reach < width) sum += data[row + x + reach] ?? 0;
    if (x - reach > 0) sum -= data[row + x - reach - 1] ?? 0;
    out[row + x] = sum / (Math.min(x + reach, width - 1) + 1);
  }
  return sum;
}

/** Where the whole window lies in the row. */
function meanOfMiddles(
  data: Float32Array,
  [first = 0, second = 0, third = 0, fourth = 0]: number[],
  { width, reach }: Span,
  sums: Float64Array,
  out: Float32Array,
) {
  const scale = 1 / (2 * reach + 1);
  let [a = 0, b = 0, c = 0, d = 0] = sums;
  for (let x = reach + 1; x < width - reach; x++) {
    const enter = x + reach;
    const leave = x - reach - 1;
    a += (data[first + enter] ?? 0) - (data[first + leave] ?? 0);
    b += (data[second + enter] ?? 0) - (data[second + leave] ?? 0);
    c += (data[third + enter] ?? 0) - (data[third + leave] ?? 0);
    d += (data[fourth + enter] ?? 0) - (data[fourth + leave] ?? 0);
    out[first + x] = a * scale;
    out[second + x] = b * scale;
    out[third + x] = c * scale;
    out[fourth + x] = d * scale;
  }
  sums.set([a, b, c, d]);
}

/** From where the window reaches beyond the end of the row. */
function meanOfEnd(
  data: Float32Array,
  row: number,
  { width, reach }: Span,
  start: number,
  out: Float32Array,
) {
  let sum = start;
  for (let x = Math.max(reach + 1, width - reach); x < width; x++) {
    sum -= data[row + x - reach - 1] ?? 0;
    out[row + x] = sum / (width - x + reach);
  }
}

function meanOfColumns(source: Float32Array, radius: number, { data, width, height }: Plane) {
  const reach = Math.min(radius, height - 1);
  const sums = new Float64Array(width);
  for (let y = 0; y < reach; y++) addRow(sums, source, y * width);
  for (let y = 0; y < height; y++) {
    const enter = y + reach < height ? (y + reach) * width : -1;
    const leave = y - reach > 0 ? (y - reach - 1) * width : -1;
    const scale = 1 / (Math.min(y + reach, height - 1) - Math.max(y - reach, 0) + 1);
    const row = y * width;
    // The next row's window is whole too: both in one go, so that the sums are read and written once.
    if (leave >= 0 && y + 1 + reach < height) {
      for (let x = 0; x < width; x++) {
        const sum = (sums[x] ?? 0) + (source[enter + x] ?? 0) - (source[leave + x] ?? 0);
        const next = sum + (source[enter + width + x] ?? 0) - (source[leave + width + x] ?? 0);
        sums[x] = next;
        data[row + x] = sum * scale;
        data[row + width + x] = next * scale;
      }
      y++;
      continue;
    }
    for (let x = 0; x < width; x++) {
      let sum = sums[x] ?? 0;
      if (enter >= 0) sum += source[enter + x] ?? 0;
      if (leave >= 0) sum -= source[leave + x] ?? 0;
      sums[x] = sum;
      data[row + x] = sum * scale;
    }
  }
}

function addRow(sums: Float64Array, source: Float32Array, row: number) {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] ?? 0) + (source[row + x] ?? 0);
}
