import { makePlane, type Plane, softBlur } from "./raster/plane";
import { boxAbove } from "./subject/box";
import type { Subject } from "./subject/types";

/** Something stands on the ground only where the frame shows that ground; what hangs in from the top does not. */
export function standsOnGround({ box, touches, mask }: Subject): boolean {
  return !touches.bottom && !touches.top && box.y + box.height < mask.height * 0.99;
}

/**
 * How much light the ground loses under a standing subject, 0..1, in the geometry of the given alpha (0..1, low
 * resolution is enough). Three layers: contact where the outline meets the line it stands on, the gap below the body,
 * and a wide soft one thrown away from the light.
 */
export function drawShadow(alpha: Plane, lightFrom: -1 | 1): Plane | null {
  const box = boxAbove(alpha, 0.5);
  if (!box || box.width < 2) return null;
  const outline = findUnderside(alpha);
  const support = supportLine(outline);
  const base = outline.reduce((lowest, y) => Math.max(lowest, y), 0);
  // In perspective the far feet of a wide subject stand higher in the frame than the near ones.
  const depth = Math.min(Math.max(0.09 * box.width, 0.03 * box.height), 0.3 * box.height) + 1;
  const contact = makePlane(alpha.width, alpha.height);
  const below = makePlane(alpha.width, alpha.height);
  const thin = Math.max(0.8, box.width * 0.008);
  for (let x = box.x; x < box.x + box.width; x++) {
    const bottom = outline[x] ?? -1;
    if (bottom < 0) continue;
    const ground = support[x] ?? base;
    const near = Math.exp(-(((base - ground) / depth) ** 2));
    const gap = ground - bottom;
    fillColumn(contact, x, bottom - thin * 2, ground + thin, near * Math.exp(-gap / (0.025 * box.width + 1)));
    const thick = Math.max(1, box.width * 0.035);
    fillColumn(
      below,
      x,
      Math.min(bottom, ground - thick),
      ground + thick * 0.5,
      near * Math.exp(-gap / (0.4 * box.height)),
    );
  }
  return stack(contact, below, box.width, lightFrom);
}

function stack(contact: Plane, below: Plane, size: number, lightFrom: -1 | 1): Plane {
  const wide = shift(below, -lightFrom * size * 0.045);
  softBlur(wide, size * 0.055, wide, size * 0.026);
  softBlur(contact, size * 0.009, contact, size * 0.006);
  softBlur(below, size * 0.022, below, size * 0.012);
  for (let i = 0; i < below.data.length; i++) {
    const through =
      (1 - 0.6 * (contact.data[i] ?? 0)) *
      (1 - 0.48 * (below.data[i] ?? 0)) *
      (1 - 0.38 * (wide.data[i] ?? 0));
    below.data[i] = 1 - through;
  }
  return below;
}

/** The lowest pixel of the subject in every column, -1 where there is none. */
function findUnderside({ data, width, height }: Plane): number[] {
  return Array.from({ length: width }, (_, x) => {
    for (let y = height - 1; y >= 0; y--) if ((data[y * width + x] ?? 0) > 0.5) return y;
    return -1;
  });
}

/** The line a board pressed from below would take: the lower convex hull of the underside (monotone chain). */
function supportLine(outline: number[]): number[] {
  const hull: { x: number; y: number }[] = [];
  outline.forEach((y, x) => {
    if (y < 0) return;
    for (
      let last = hull.at(-1), prior = hull.at(-2);
      last && prior;
      last = hull.at(-1), prior = hull.at(-2)
    ) {
      if ((last.x - prior.x) * (y - prior.y) - (last.y - prior.y) * (x - prior.x) < 0) break;
      hull.pop();
    }
    hull.push({ x, y });
  });
  const line = outline.slice();
  hull.forEach((to, index) => {
    const from = hull[index - 1];
    if (!from) return;
    for (let x = from.x; x <= to.x; x++)
      line[x] = from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x);
  });
  return line;
}

/** The larger value wins; ends between pixels count by their share. */
function fillColumn({ data, width, height }: Plane, x: number, from: number, to: number, value: number) {
  const last = Math.min(height - 1, Math.ceil(to));
  for (let y = Math.max(0, Math.floor(from)); y <= last; y++) {
    const covered = Math.min(y + 0.5, to) - Math.max(y - 0.5, from);
    const i = y * width + x;
    data[i] = Math.max(data[i] ?? 0, value * Math.min(1, Math.max(0, covered)));
  }
}

function shift(source: Plane, by: number): Plane {
  const out = makePlane(source.width, source.height);
  const whole = Math.round(by);
  for (let y = 0; y < source.height; y++) {
    const row = y * source.width;
    for (let x = Math.max(0, whole); x < Math.min(source.width, source.width + whole); x++) {
      out.data[row + x] = source.data[row + x - whole] ?? 0;
    }
  }
  return out;
}
