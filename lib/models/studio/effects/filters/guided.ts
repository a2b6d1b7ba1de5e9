import { boxBlur, type Size } from "./gauss";

/**
 * Guided filter (He, Sun, Tang 2010): smooths `plane` along the edges of `guide`.
 * `epsilon` is a variance: structure weaker than its root is smoothed away.
 */
export function guidedFilter(
  plane: Float32Array,
  { guide, size, radius, epsilon }: { guide: Float32Array; size: Size; radius: number; epsilon: number },
): Float32Array {
  const meanGuide = boxBlur(guide, size, radius);
  const meanPlane = plane === guide ? meanGuide : boxBlur(plane, size, radius);
  const slope = boxBlur(product(guide, guide), size, radius);
  const cross = plane === guide ? slope : boxBlur(product(guide, plane), size, radius);
  const offset = new Float32Array(plane.length);
  for (let i = 0; i < plane.length; i++) {
    const g = meanGuide[i] ?? 0;
    const p = meanPlane[i] ?? 0;
    const a = ((cross[i] ?? 0) - g * p) / (Math.max(0, (slope[i] ?? 0) - g * g) + epsilon);
    slope[i] = a;
    offset[i] = p - a * g;
  }
  const meanSlope = boxBlur(slope, size, radius);
  const out = boxBlur(offset, size, radius);
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) + (meanSlope[i] ?? 0) * (guide[i] ?? 0);
  return out;
}

function product(first: Float32Array, second: Float32Array): Float32Array {
  const out = new Float32Array(first.length);
  for (let i = 0; i < out.length; i++) out[i] = (first[i] ?? 0) * (second[i] ?? 0);
  return out;
}
