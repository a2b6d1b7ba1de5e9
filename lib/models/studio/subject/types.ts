import type { Mask } from "@/lib/images/pixels";

/** Whole pixels, x and y from the top left corner. */
export type Box = { x: number; y: number; width: number; height: number };

/** What the picture is of, found in the pixels as they are now. */
export type Subject = {
  /** Full resolution of the pixels, 0 = background .. 255 = subject, soft at edges. */
  mask: Mask;
  /** Tight around everything above half alpha; the whole frame where nothing was found. */
  box: Box;
  /** 0 = a guess .. 1 = certain. Below SURE_ENOUGH the person is told. */
  confidence: number;
  /** Sides of the frame that cut the subject off. */
  touches: { top: boolean; right: boolean; bottom: boolean; left: boolean };
};
