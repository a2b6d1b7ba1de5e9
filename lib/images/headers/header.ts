import type { ImageFormat } from "../types";

/** Facts a file states before any pixel is decoded. Nothing here is proven yet. */
export type ImageHeader = {
  format: ImageFormat;
  /** As stored, before EXIF orientation. */
  width: number;
  height: number;
  /** Bits of one sample. */
  bits: number;
  /** Samples of a pixel as stored; a palette counts as 1. */
  channels: number;
  animated: boolean;
  /** Bytes the decoder must hold at once because this file cannot be decoded row by row; else 0. */
  heldBytes: number;
};

/** `cut`: the file ended inside its header. `broken`: it contradicts its format. `variant`: a kind of the format nobody shows. */
export type HeaderResult =
  | { ok: true; header: ImageHeader }
  | { ok: false; why: "cut" | "broken" }
  | { ok: false; why: "variant"; name: string };

export const CUT: HeaderResult = { ok: false, why: "cut" };
export const BROKEN: HeaderResult = { ok: false, why: "broken" };
