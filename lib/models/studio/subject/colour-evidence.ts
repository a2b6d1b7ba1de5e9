import type { Guide } from "../raster/guided-filter";
import { at, boxMean, makePlane, type Plane } from "../raster/plane";

/** Variance every colour has at least: noise and compression. */
const FLOOR = 0.0012;

/** How far colours may overrule the shape the network drew, in log odds. */
const STRONGEST = 2.5;

/** Squared distance (in variances) by which the background must fit better before it counts. */
const MARGIN = 6;

/**
 * Log odds, 0 or less, against a pixel of the edge band that has the background's colour and not the subject's:
 * distance to the local mean of either side, each in its own variance, so that a striped coat is not torn where one
 * stripe looks like the wall behind it. Only ever against: colours alone would also pull in a table that is as brown as
 * the cup. 0 where one side is not seen nearby.
 * @param certainty 1 = surely subject, 0 = surely background: only the two ends are learned from
 */
export function weighColours(guide: Guide, certainty: Plane, radius: number): Plane {
  const odds = makePlane(certainty.width, certainty.height);
  const inside = sideOf(certainty, (value) => value > 0.985);
  const outside = sideOf(certainty, (value) => value < 0.015);
  const insideShare = boxMean(inside, radius);
  const outsideShare = boxMean(outside, radius);
  for (const channel of [guide.red, guide.green, guide.blue]) {
    addDistance(odds, channel, { side: outside, share: outsideShare }, radius, 1);
    addDistance(odds, channel, { side: inside, share: insideShare }, radius, -1);
  }
  for (let i = 0; i < odds.data.length; i++) {
    const seen = Math.min(at(insideShare.data, i), at(outsideShare.data, i)) > 0.004;
    odds.data[i] = seen ? -Math.min(Math.max(-at(odds.data, i) - MARGIN, 0) * 0.25, STRONGEST) : 0;
  }
  // One pixel is noise, a few together are a piece of background.
  return boxMean(odds, Math.max(1, Math.round(radius / 12)), odds);
}

type Side = { side: Plane; share: Plane };

/** Adds sign * (value - mean)² / variance, both of the given side around the pixel. */
function addDistance(odds: Plane, channel: Plane, { side, share }: Side, radius: number, sign: 1 | -1) {
  const { width, height } = channel;
  const mean = makePlane(width, height);
  const square = makePlane(width, height);
  for (let i = 0; i < mean.data.length; i++) {
    const value = at(channel.data, i) * at(side.data, i);
    mean.data[i] = value;
    square.data[i] = value * at(channel.data, i);
  }
  boxMean(mean, radius, mean);
  boxMean(square, radius, square);
  for (let i = 0; i < mean.data.length; i++) {
    const seen = at(share.data, i) + 1e-6;
    const middle = at(mean.data, i) / seen;
    const variance = Math.max(0, at(square.data, i) / seen - middle * middle) + FLOOR;
    const off = at(channel.data, i) - middle;
    odds.data[i] = at(odds.data, i) + (sign * off * off) / variance;
  }
}

function sideOf(certainty: Plane, belongs: (value: number) => boolean): Plane {
  const side = makePlane(certainty.width, certainty.height);
  for (let i = 0; i < side.data.length; i++) if (belongs(at(certainty.data, i))) side.data[i] = 1;
  return side;
}
