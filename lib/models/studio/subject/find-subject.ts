import type { Mask, Pixels } from "@/lib/images/pixels";
import type { Plane } from "../raster/plane";
import { shrinkPixels } from "../raster/shrink";
import { boxAbove, findTouches } from "./box";
import { keepSureParts } from "./components";
import { findLikelihood } from "./likelihood";
import { fitEdges, paintMask } from "./refine";
import { knownOr } from "./seen-before";
import type { Subject } from "./types";

/** Where the edge runs is decided at this long edge: the network sees no more. */
const COARSE_EDGE = 600;

/** What the edge looks like is fitted at this long edge, and painted at full size. */
const FINE_EDGE = 1100;

/** Finds what the picture is of. A picture that is already cut out keeps its own alpha. */
export async function findSubject(pixels: Pixels): Promise<Subject> {
  const own = ownMask(pixels);
  return own ? describe(own, 1) : knownOr(pixels, () => lookAt(pixels));
}

async function lookAt(pixels: Pixels): Promise<Subject> {
  const fine = await shrinkPixels(pixels, FINE_EDGE);
  const coarse = await shrinkPixels(fine, COARSE_EDGE);
  const { plane, agreement } = await findLikelihood(fine, coarse);
  const certainty = measureCertainty(plane);
  keepSureParts(plane, 0.5);
  return describe(
    paintMask(pixels, fitEdges(fine, coarse, plane)),
    certainty * Math.min(1, agreement + 0.25),
  );
}

/** The alpha channel, when enough of the frame is clear for it to be a cut-out and not a rounded corner. */
export function ownMask({ data, width, height }: Pixels): Mask | null {
  const area = width * height;
  let clear = 0;
  for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) < 16) clear++;
  if (clear < area * 0.04) return null;
  const mask = new Uint8Array(area);
  for (let i = 0; i < area; i++) mask[i] = data[i * 4 + 3] ?? 0;
  return { data: mask, width, height };
}

/** How far from undecided the network is over everything it noticed, 0..1; less when it noticed next to nothing. */
function measureCertainty({ data }: Plane): number {
  let decided = 0;
  let noticed = 0;
  let inside = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i] ?? 0;
    if (value < 0.08) continue;
    noticed++;
    decided += Math.abs(2 * value - 1);
    if (value > 0.5) inside++;
  }
  if (inside === 0) return 0;
  return (decided / noticed) * Math.min(1, inside / (data.length * 0.002));
}

function describe(mask: Mask, confidence: number): Subject {
  const box = boxAbove(mask, 127);
  if (!box) {
    const whole = { x: 0, y: 0, width: mask.width, height: mask.height };
    return {
      mask,
      box: whole,
      confidence: 0,
      touches: { top: false, right: false, bottom: false, left: false },
    };
  }
  return { mask, box, confidence, touches: findTouches(mask, box) };
}
