import type { ImageFormat } from "@/lib/images/types";

/** Stored pixels that a model call may take in: where they lie and what decides how they are used. */
export type StoredSource = {
  /** Storage key of the bytes. */
  key: string;
  /** Hex of the stored bytes; part of what a result is recognised by. */
  sha256: string;
  format: ImageFormat;
  width: number;
  height: number;
  alpha: boolean;
};
