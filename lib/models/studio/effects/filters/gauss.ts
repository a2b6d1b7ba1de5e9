export type Size = { width: number; height: number };

/**
 * Near-Gaussian blur in constant time per pixel (two box passes each way, edges repeated).
 * Sigma in pixels; below 0.4 the plane comes back as a copy.
 */
export function gauss(plane: Float32Array, { width, height }: Size, sigma: number): Float32Array {
  if (sigma < 0.4) return plane.slice();
  // Two boxes of radius r have variance 2 r (r + 1) / 3.
  const radius = Math.max(1, Math.round((Math.sqrt(1 + 6 * sigma * sigma) - 1) / 2));
  const once = boxBlur(plane, { width, height }, radius);
  return boxBlur(once, { width, height }, radius);
}

/** Mean over a square of side 2 radius + 1, edges repeated. */
export function boxBlur(plane: Float32Array, { width, height }: Size, radius: number): Float32Array {
  const rows = new Float32Array(plane.length);
  const share = 1 / (2 * radius + 1);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    const end = start + width - 1;
    const first = plane[start] ?? 0;
    const last = plane[end] ?? 0;
    let sum = first * (radius + 1);
    for (let x = 0; x < radius; x++) sum += x < width ? (plane[start + x] ?? 0) : last;
    for (let x = 0; x < width; x++) {
      sum += x + radius < width ? (plane[start + x + radius] ?? 0) : last;
      rows[start + x] = sum * share;
      sum -= x - radius >= 0 ? (plane[start + x - radius] ?? 0) : first;
    }
  }
  return boxColumns(rows, { width, height }, radius);
}

// Walks row by row with one running sum per column: columns one at a time would miss the cache.
function boxColumns(plane: Float32Array, { width, height }: Size, radius: number): Float32Array {
  const out = new Float32Array(plane.length);
  const sums = new Float64Array(width);
  const share = 1 / (2 * radius + 1);
  const row = (y: number) => Math.min(height - 1, Math.max(0, y)) * width;
  for (let y = -radius; y < radius; y++) {
    const from = row(y);
    for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + (plane[from + x] ?? 0);
  }
  for (let y = 0; y < height; y++) {
    const enter = row(y + radius);
    const leave = row(y - radius);
    const at = y * width;
    for (let x = 0; x < width; x++) {
      const sum = (sums[x] ?? 0) + (plane[enter + x] ?? 0);
      out[at + x] = sum * share;
      sums[x] = sum - (plane[leave + x] ?? 0);
    }
  }
  return out;
}
