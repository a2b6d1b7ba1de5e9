import { HELD_NOWHERE, type HeldSides, roomBefore } from "../../held-sides";
import type { Box } from "../../subject/types";
import { mix } from "../colour/srgb";
import type { Size } from "../filters/gauss";

/** Whole-pixel window of the frame's shape around the subject; `tightness` 0..1, at 0.5 it fills nine tenths. */
export function closeUpWindow(frame: Size, box: Box, tightness: number): Box {
  const fill = tightness < 0.5 ? mix(0.62, 0.9, tightness * 2) : mix(0.9, 1.6, tightness * 2 - 1);
  const wanted = Math.max(box.width / frame.width, box.height / frame.height) / fill;
  // A subject that already fills the frame still comes visibly closer; a speck is not blown up without end.
  const scale = Math.min(mix(0.92, 0.5, tightness), Math.max(1 / 6, wanted));
  const width = Math.max(1, Math.round(frame.width * scale));
  const height = Math.max(1, Math.round(frame.height * scale));
  const x = box.x + box.width / 2 - width / 2;
  // What is higher than the window is shown from the top: that is where heads are.
  const y = height < box.height ? box.y - height * 0.06 : box.y + box.height / 2 - height / 2;
  return inside(frame, { x, y, width, height });
}

/** The subject's box with a margin, as a share of the box, on every side; cut at the frame. */
export function subjectWindow(frame: Size, box: Box, margin: number): Box {
  const left = Math.max(0, Math.floor(box.x - box.width * margin));
  const top = Math.max(0, Math.floor(box.y - box.height * margin));
  const right = Math.min(frame.width, Math.ceil(box.x + box.width * (1 + margin)));
  const bottom = Math.min(frame.height, Math.ceil(box.y + box.height * (1 + margin)));
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** The largest window of this ratio, placed so that the subject is in its middle as far as the frame allows. */
export function ratioWindow(frame: Size, box: Box, ratio: number): Box {
  const wide = frame.width / frame.height > ratio;
  const width = wide ? Math.max(1, Math.round(frame.height * ratio)) : frame.width;
  const height = wide ? frame.height : Math.max(1, Math.round(frame.width / ratio));
  const x = box.x + box.width / 2 - width / 2;
  const y = height < box.height ? box.y : box.y + box.height / 2 - height / 2;
  return inside(frame, { x, y, width, height });
}

/** The smallest window of this ratio that holds the whole frame, in its middle or at held sides; it reaches outside. */
export function padWindow(frame: Size, ratio: number, held: HeldSides = HELD_NOWHERE): Box {
  const wide = frame.width / frame.height > ratio;
  const width = wide ? frame.width : Math.max(frame.width, Math.round(frame.height * ratio));
  const height = wide ? Math.max(frame.height, Math.round(frame.width / ratio)) : frame.height;
  return {
    x: -roomBefore(width - frame.width, held.left, held.right),
    y: -roomBefore(height - frame.height, held.top, held.bottom),
    width,
    height,
  };
}

/** A window of the frame's shape with the subject in the middle and `margin` (share of it) free; may reach outside. */
export function centreWindow(frame: Size, box: Box, margin: number): Box {
  const free = 1 - 2 * Math.min(0.45, Math.max(0, margin));
  const scale = Math.max(box.width / frame.width, box.height / frame.height) / free;
  const width = Math.max(1, Math.round(frame.width * scale));
  const height = Math.max(1, Math.round(frame.height * scale));
  return {
    x: Math.round(box.x + box.width / 2 - width / 2),
    y: Math.round(box.y + box.height / 2 - height / 2),
    width,
    height,
  };
}

function inside(frame: Size, { x, y, width, height }: Box): Box {
  return {
    x: Math.round(Math.min(frame.width - width, Math.max(0, x))),
    y: Math.round(Math.min(frame.height - height, Math.max(0, y))),
    width,
    height,
  };
}
