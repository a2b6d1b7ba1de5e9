import { boxMean } from "../../raster/plane";

export type Size = { width: number; height: number };

/**
 * Near-Gaussian blur in constant time per pixel (two box means each way).
 * Sigma in pixels; below 0.4 the plane comes back as a copy.
 */
export function gauss(plane: Float32Array, size: Size, sigma: number): Float32Array {
  if (sigma < 0.4) return plane.slice();
  // Two boxes of radius r have variance 2 r (r + 1) / 3.
  const radius = Math.max(1, Math.round((Math.sqrt(1 + 6 * sigma * sigma) - 1) / 2));
  return boxBlur(boxBlur(plane, size, radius), size, radius);
}

/** Mean over a square of side 2 radius + 1, cut at the frame. */
export function boxBlur(data: Float32Array, { width, height }: Size, radius: number): Float32Array {
  return boxMean({ data, width, height }, radius).data;
}
