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
} as const;

export const ACCEPTED_EXTENSIONS = [".jpg", ".jpeg", ".png", ".webp"] as const;
export const ACCEPTED_TYPES = ["image/jpeg", "image/png", "image/webp"] as const;
