import type { Plane } from "./plane";

/**
 * Rows of a plane stretched (bilinear) to another size, one at a time, so that no full-size copy is ever made.
 * The returned row is overwritten by the next call.
 */
export function readRows({ data, width, height }: Plane, outWidth: number, outHeight: number) {
  const left = new Int32Array(outWidth);
  const share = new Float32Array(outWidth);
  for (let x = 0; x < outWidth; x++) {
    const position = Math.min(Math.max(((x + 0.5) * width) / outWidth - 0.5, 0), width - 1);
    left[x] = Math.min(Math.floor(position), Math.max(0, width - 2));
    share[x] = width > 1 ? position - (left[x] ?? 0) : 0;
  }
  // One more than the width: the right neighbour of a single column is read, with no share.
  const blended = new Float32Array(width + 1);
  const row = new Float32Array(outWidth);
  return (y: number): Float32Array => {
    const position = Math.min(Math.max(((y + 0.5) * height) / outHeight - 0.5, 0), height - 1);
    const top = Math.floor(position);
    const bottom = Math.min(top + 1, height - 1);
    const below = position - top;
    for (let x = 0; x < width; x++) {
      blended[x] = (data[top * width + x] ?? 0) * (1 - below) + (data[bottom * width + x] ?? 0) * below;
    }
    for (let x = 0; x < outWidth; x++) {
      const i = left[x] ?? 0;
      const f = share[x] ?? 0;
      row[x] = (blended[i] ?? 0) * (1 - f) + (blended[i + 1] ?? 0) * f;
    }
    return row;
  };
}
