/** Limits of one picture, the same in page, upload route and decoder (R20, R32). */
export const IMAGE_LIMITS = {
  /** 50 MB, decimal: what the page says. */
  maxBytes: 50_000_000,
  maxPixels: 100_000_000,
  maxSide: 16_384,
  /** Longest side over shortest side. */
  maxAspect: 200,
  /** libvips gives up on a decode after this many seconds; the process is ended at 1.5 times that. */
  decodeSeconds: 20,
  /** Most a decoder may have to hold at once for a file it cannot decode row by row (R33). */
  maxHeldBytes: 450_000_000,
} as const;

export const ACCEPTED_EXTENSIONS = [".jpg", ".jpeg", ".png", ".webp"] as const;
export const ACCEPTED_TYPES = ["image/jpeg", "image/png", "image/webp"] as const;

/** How thumbnails are encoded. Effort 2 takes half the time of the default and 5 % more bytes. */
export const THUMB_WEBP = { quality: 75, effort: 2 } as const;

/**
 * How pictures are written as PNG. A filter chosen for each row makes photos 30 % and cut-outs 25 % smaller, and saves the
 * compressor its search: about as quick as level 6 without, but for flat drawings, which take twice as long.
 */
export const PNG = { compressionLevel: 2, adaptiveFiltering: true } as const;
