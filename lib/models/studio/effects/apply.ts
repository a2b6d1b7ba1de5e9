import type { Pixels } from "@/lib/images/pixels";
import type { EditOp } from "../edit-plan";
import { HELD_NOWHERE, type HeldSides } from "../held-sides";
import { cropPixels } from "../raster/crop";
import type { Subject } from "../subject/types";
import { denoise } from "./detail/denoise";
import { sharpen } from "./detail/sharpen";
import { soften } from "./detail/soften";
import { upscale } from "./detail/upscale";
import { cutWindow } from "./geometry/canvas";
import { centreSubject, closeUp } from "./geometry/close-up";
import { addBorder, roundCorners } from "./geometry/frame";
import { resize } from "./geometry/resize";
import { rotate } from "./geometry/rotate";
import { flip } from "./geometry/turn";
import { padWindow, ratioWindow, subjectWindow } from "./geometry/windows";
import { recolour } from "./recolour/recolour";
import { applyStyle } from "./style/apply-style";
import { adjust } from "./tone/adjust";
import { autoEnhance } from "./tone/auto-enhance";
import { invert } from "./tone/invert";
import { vignette } from "./tone/vignette";

/** Every edit that needs no new background; those are drawn elsewhere. */
export type EffectOp = Exclude<EditOp, { op: "background" | "blur-background" | "shadow" }>;

/**
 * One edit on real pixels. The given pixels are left as they are; `subject` is asked only by the edits that
 * need it and must describe these very pixels, and `held` by those that pad. The same input gives the same bytes.
 */
export async function applyEffect(
  pixels: Pixels,
  op: EffectOp,
  subject: () => Promise<Subject>,
  held: () => Promise<HeldSides> = async () => HELD_NOWHERE,
): Promise<Pixels> {
  switch (op.op) {
    case "recolour":
      return recolour(pixels, op, subject);
    case "style":
      return applyStyle(pixels, op.style);
    case "adjust":
      return adjust(pixels, op);
    case "sharpen":
      return sharpen(pixels, op.amount);
    case "soften":
      return soften(pixels, op.amount);
    case "denoise":
      return denoise(pixels, op.amount);
    case "auto-enhance":
      return autoEnhance(pixels);
    case "close-up":
      return closeUp(pixels, (await subject()).box, op.tightness);
    case "crop-subject":
      return cropPixels(pixels, subjectWindow(pixels, (await subject()).box, op.margin));
    case "crop-ratio":
      return cropPixels(pixels, ratioWindow(pixels, (await subject()).box, op.width / op.height));
    case "pad-ratio":
      return cutWindow(pixels, padWindow(pixels, op.width / op.height, await held()), op.fill);
    case "centre-subject":
      return centreSubject(pixels, await subject(), op.margin);
    case "resize":
      return resize(pixels, op, held);
    case "upscale":
      return upscale(pixels, op.factor);
    case "rotate":
      return rotate(pixels, op.degrees);
    case "flip":
      return flip(pixels, op.axis);
    case "border":
      return addBorder(pixels, op);
    case "round-corners":
      return roundCorners(pixels, op.share);
    case "vignette":
      return vignette(pixels, op.amount);
    case "invert":
      return invert(pixels);
  }
}
