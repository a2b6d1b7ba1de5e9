/** Longest side a mask is drawn at. Models look at images no larger; the picture's own size where it is smaller. */
const LONGEST = 2_048;

/** Size of the mask of a picture: its own, or smaller in the same proportions. */
export function maskSize({ width, height }: { width: number; height: number }) {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * Makes pixels of a mask file (RGBA, changed in place) marks: their alpha says how much a pixel is to change. A file
 * with transparency means its transparent parts, any other its white ones.
 */
export function toMarks(data: Uint8ClampedArray): void {
  const transparent = hasTransparency(data);
  for (let at = 0; at < data.length; at += 4) {
    const mark = transparent ? 255 - byteAt(data, at + 3) : lumaAt(data, at) >= 128 ? 255 : 0;
    data[at] = 0;
    data[at + 1] = 0;
    data[at + 2] = 0;
    data[at + 3] = mark;
  }
}

/** Share of a mask that is marked, 0 to 1, from the pixels of its marks. */
export function markedShare(data: Uint8ClampedArray): number {
  let sum = 0;
  for (let at = 3; at < data.length; at += 4) sum += byteAt(data, at);
  return data.length === 0 ? 0 : sum / ((data.length / 4) * 255);
}

function hasTransparency(data: Uint8ClampedArray): boolean {
  for (let at = 3; at < data.length; at += 4) if (byteAt(data, at) < 255) return true;
  return false;
}

/** Rec. 601 luma, 0 to 255. */
function lumaAt(data: Uint8ClampedArray, at: number): number {
  return 0.299 * byteAt(data, at) + 0.587 * byteAt(data, at + 1) + 0.114 * byteAt(data, at + 2);
}

function byteAt(data: Uint8ClampedArray, at: number): number {
  return data[at] ?? 0;
}
