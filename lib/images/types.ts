export const IMAGE_FORMATS = ["jpeg", "png", "webp"] as const;
/** Types we store. Bytes decide, never the name. */
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

export const REFUSAL_CODES = [
  "EMPTY_FILE",
  "UNSUPPORTED_TYPE",
  "TOO_LARGE",
  "TOO_MANY_PIXELS",
  "TOO_LONG",
  "TRUNCATED",
  "DAMAGED",
  "UNSUPPORTED_CHANNELS",
  "TOO_LARGE_TO_DECODE",
  "CRASHED_DECODER",
  "UPLOAD_LOST",
] as const;
/** Why a file was not taken. Words for people are in lib/images/refusals.ts. */
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export const IMAGE_NOTICES = [
  "ANIMATED_FIRST_FRAME",
  "REPAIRED",
  "CONVERTED_CMYK",
  "CONVERTED_16BIT",
] as const;
/** Things done to a picture that its owner should know. */
export type ImageNotice = (typeof IMAGE_NOTICES)[number];

export type Refusal = { code: RefusalCode; facts: Record<string, string | number> };

export const THUMB_SIZES = [256, 480, 1280] as const;
export type ThumbSize = (typeof THUMB_SIZES)[number];

/** A picture that passed the gate. Width and height are upright pixels. */
export type ProbedImage = {
  sha256: string;
  bytes: number;
  width: number;
  height: number;
  format: ImageFormat;
  alpha: boolean;
  thumbhash: string;
  phash: string;
  notices: ImageNotice[];
  /** File (local path) with the bytes to keep: the given one, or a repaired re-encoding. */
  keep: string;
  /** WebP files made; a size is left out when the next smaller one already holds every pixel. */
  thumbs: { size: ThumbSize; path: string }[];
};

export type ProbeResult = { ok: true; image: ProbedImage } | { ok: false; refusal: Refusal };
