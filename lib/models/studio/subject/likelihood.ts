import type { Pixels } from "@/lib/images/pixels";
import { cropPixels, growBox } from "../raster/crop";
import { makePlane, type Plane, sampleAt } from "../raster/plane";
import { boxAbove } from "./box";
import { findSaliency } from "./saliency";
import type { Box } from "./types";

/** A subject that fills less of the frame than this is looked at again, closer. */
const SECOND_LOOK_BELOW = 0.72;

/**
 * How likely each pixel belongs to the subject, 0..1, at the coarse size. The network sees 320 x 320
 * whatever it is given, so a subject that is small in the frame gets a second look at its own box.
 */
export async function findLikelihood(
  fine: Pixels,
  coarse: { width: number; height: number },
): Promise<{ plane: Plane; agreement: number }> {
  const wide = stretch(await findSaliency(fine), coarse.width, coarse.height);
  const box = boxAbove(wide, 0.4);
  if (!box) return { plane: wide, agreement: 1 };
  const close = growBox(box, 0.18, coarse);
  const share = (close.width * close.height) / (coarse.width * coarse.height);
  if (share > SECOND_LOOK_BELOW) return { plane: wide, agreement: 1 };
  const second = stretch(
    await findSaliency(cropPixels(fine, scaleBox(close, coarse, fine))),
    close.width,
    close.height,
  );
  return { plane: wide, agreement: merge(wide, second, close) };
}

/**
 * Writes the closer look into the wide one, weighed by how far both mean the same thing. Returns that agreement:
 * intersection over union of the two soft masks.
 */
function merge(wide: Plane, close: Plane, box: Box): number {
  let both = 0;
  let either = 0;
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const a = wide.data[(y + box.y) * wide.width + x + box.x] ?? 0;
      const b = close.data[y * box.width + x] ?? 0;
      both += Math.min(a, b);
      either += Math.max(a, b);
    }
  }
  const agreement = either > 0 ? both / either : 0;
  const weight = Math.min(Math.max((agreement - 0.3) / 0.4, 0), 1) * 0.5 + 0.3;
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const i = (y + box.y) * wide.width + x + box.x;
      wide.data[i] = (wide.data[i] ?? 0) * (1 - weight) + (close.data[y * box.width + x] ?? 0) * weight;
    }
  }
  return agreement;
}

function scaleBox(
  box: Box,
  from: { width: number; height: number },
  to: { width: number; height: number },
): Box {
  const x = Math.floor((box.x * to.width) / from.width);
  const y = Math.floor((box.y * to.height) / from.height);
  const right = Math.min(to.width, Math.ceil(((box.x + box.width) * to.width) / from.width));
  const bottom = Math.min(to.height, Math.ceil(((box.y + box.height) * to.height) / from.height));
  return { x, y, width: right - x, height: bottom - y };
}

function stretch(plane: Plane, width: number, height: number): Plane {
  const out = makePlane(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      out.data[y * width + x] = sampleAt(plane, (x + 0.5) / width, (y + 0.5) / height);
    }
  }
  return out;
}
