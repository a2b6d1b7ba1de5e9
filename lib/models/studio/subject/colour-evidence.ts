import type { Guide } from "../raster/guided-filter";
import { boxMean, makePlane, type Plane, smoothstep } from "../raster/plane";

/** Variance every colour has at least: noise and compression. */
const FLOOR = 0.0012;

/** A pixel with this squared distance (in variances) to the background's colours, three channels together, still fits. */
const FITS = 10;

type Rules = {
  /** Of the window in which either side was learned. */
  radius: number;
  /** Least share of that window each side has to fill; with less there is no word. */
  seen: { inside: number; outside: number };
  /** Squared distance (in variances) by which the background must fit better before it counts. */
  margin: number;
  /** How far colours may overrule the shape, in log odds. */
  strongest: number;
  /** What is unlike both sides stays: an outline, a whisker. */
  mustFit: boolean;
};

/** How well every pixel fits one side. */
export type Fit = {
  /** Squared, in variances, all channels together. */
  distance: Plane;
  /** Of the window around the pixel, what that side fills: 0..1. */
  share: Plane;
};

/**
 * Distance of every pixel to the local mean of one side's colours, each channel in its own variance.
 * @param channels of the picture, of independent meaning (see `opponents`)
 * @param side 1 where the side is learned from, 0 elsewhere
 * @param radius of the window in which it is learned
 */
export function fitTo(channels: Plane[], side: Plane, radius: number): Fit {
  const distance = makePlane(side.width, side.height);
  const share = boxMean(side, radius);
  for (const channel of channels) addDistance(distance, channel, { side, share }, radius);
  return { distance, share };
}

/**
 * Log odds, 0 or less, against a pixel that has the background's colour and not the subject's: each side has its own
 * variance, so that a striped coat is not torn where one stripe looks like the wall behind it. Only ever against:
 * colours alone would also pull in a table that is as brown as the cup. Written over the distance to the outside.
 */
export function weighColours(
  { inside, outside }: { inside: Fit; outside: Fit },
  { radius, seen, margin, strongest, mustFit }: Rules,
): Plane {
  const odds = outside.distance;
  for (let i = 0; i < odds.data.length; i++) {
    const known = (inside.share.data[i] ?? 0) > seen.inside && (outside.share.data[i] ?? 0) > seen.outside;
    const off = odds.data[i] ?? 0;
    const against = Math.min(Math.max((inside.distance.data[i] ?? 0) - off - margin, 0) * 0.25, strongest);
    odds.data[i] = known ? -against * (mustFit ? 1 - smoothstep(FITS, FITS * 2, off) : 1) : 0;
  }
  // One pixel is noise, a few together are a piece of background.
  return boxMean(odds, Math.max(1, Math.round(radius / 24)), odds);
}

/** Brightness and two differences of colour: shade and sun move all of red, green and blue, and only one of these. */
export function opponents({ red, green, blue }: Guide): Plane[] {
  const of = (mix: (r: number, g: number, b: number) => number) => {
    const out = makePlane(red.width, red.height);
    for (let i = 0; i < out.data.length; i++) {
      out.data[i] = mix(red.data[i] ?? 0, green.data[i] ?? 0, blue.data[i] ?? 0);
    }
    return out;
  };
  return [of((r, g, b) => (r + g + b) / 3), of((r, _, b) => r - b), of((r, g, b) => g - (r + b) / 2)];
}

/** 1 where the plane lies between the two values, 0 elsewhere. */
export function between(plane: Plane, from: number, to: number): Plane {
  const side = makePlane(plane.width, plane.height);
  for (let i = 0; i < side.data.length; i++) {
    if ((plane.data[i] ?? 0) > from && (plane.data[i] ?? 0) < to) side.data[i] = 1;
  }
  return side;
}

type Side = { side: Plane; share: Plane };

/** Adds (value - mean)² / variance, both of the given side around the pixel. */
function addDistance(distance: Plane, channel: Plane, { side, share }: Side, radius: number) {
  const { width, height } = channel;
  const mean = makePlane(width, height);
  const square = makePlane(width, height);
  for (let i = 0; i < mean.data.length; i++) {
    const value = (channel.data[i] ?? 0) * (side.data[i] ?? 0);
    mean.data[i] = value;
    square.data[i] = value * (channel.data[i] ?? 0);
  }
  boxMean(mean, radius, mean);
  boxMean(square, radius, square);
  for (let i = 0; i < mean.data.length; i++) {
    const seen = (share.data[i] ?? 0) + 1e-6;
    const middle = (mean.data[i] ?? 0) / seen;
    const variance = Math.max(0, (square.data[i] ?? 0) / seen - middle * middle) + FLOOR;
    const off = (channel.data[i] ?? 0) - middle;
    distance.data[i] = (distance.data[i] ?? 0) + (off * off) / variance;
  }
}
