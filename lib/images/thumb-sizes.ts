import { THUMB_SIZES, type ThumbSize } from "./types";

/**
 * Thumbnails made for a picture of width x height: the longest side is at most `size`, nothing is enlarged.
 * The smallest is always made; a larger one only if the one before does not already hold every pixel.
 */
export function thumbSizesFor(width: number, height: number): ThumbSize[] {
  const longest = Math.max(width, height);
  return THUMB_SIZES.filter((_, index) => longest > (THUMB_SIZES[index - 1] ?? 0));
}

/** The thumbnail to serve when `requested` is asked for: itself, or the largest one made. */
export function thumbFor(requested: ThumbSize, width: number, height: number): ThumbSize {
  const made = thumbSizesFor(width, height).filter((size) => size <= requested);
  return made.at(-1) ?? THUMB_SIZES[0];
}
