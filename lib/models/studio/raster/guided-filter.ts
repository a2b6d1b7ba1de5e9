import type { Box } from "../subject/types";
import { boxAround, copyBox, cropPlane } from "./crop";
import { boxMean, makePlane, type Plane } from "./plane";

export type Guide = { red: Plane; green: Plane; blue: Plane };

/** Locally, output = red * r + green * g + blue * b + offset. Smooth enough to be sampled at any size. */
export type Coefficients = { red: Plane; green: Plane; blue: Plane; offset: Plane };

/** Side of what is worked on at a time, pixels: its planes stay in the cache. */
const TILE = 128;

/** An input that differs less than this, for values 0..1, is one value. */
const ONE_VALUE = 1e-5;

/**
 * Colour guided filter: the linear model of the guide that fits the input best in every window
 * (He, Sun, Tang: "Guided Image Filtering", 2013, equations 14 to 16; sampled at full size as in their "Fast Guided
 * Filter", 2015). Tile by tile: where the input is one value all around, as in most of a mask, the model is that value.
 * @param epsilon how much variance of the guide counts as flat, for values 0..1
 */
export function fitGuided(guide: Guide, input: Plane, radius: number, epsilon: number): Coefficients {
  const { width, height } = input;
  const plane = () => makePlane(width, height);
  const out = { red: plane(), green: plane(), blue: plane(), offset: plane() };
  for (const tile of tilesOf(input)) {
    // Means of what lies in a window, of windows: further away nothing counts.
    const around = boxAround(tile, 2 * radius, input);
    const nearby = cropPlane(input, around);
    if (isOneValue(nearby)) {
      copyBox(nearby, around, out.offset, tile);
      continue;
    }
    const { red, green, blue } = guide;
    const seen = {
      red: cropPlane(red, around),
      green: cropPlane(green, around),
      blue: cropPlane(blue, around),
    };
    const fitted = fitAll(seen, nearby, radius, epsilon);
    for (const part of ["red", "green", "blue", "offset"] as const) {
      copyBox(fitted[part], around, out[part], tile);
    }
  }
  return out;
}

function* tilesOf({ width, height }: Plane): Generator<Box> {
  for (let y = 0; y < height; y += TILE) {
    for (let x = 0; x < width; x += TILE) {
      yield { x, y, width: Math.min(TILE, width - x), height: Math.min(TILE, height - y) };
    }
  }
}

function isOneValue({ data }: Plane): boolean {
  const first = data[0] ?? 0;
  for (let i = 1; i < data.length; i++) if (Math.abs((data[i] ?? 0) - first) > ONE_VALUE) return false;
  return true;
}

function fitAll(guide: Guide, input: Plane, radius: number, epsilon: number): Coefficients {
  const { width, height } = input;
  const plane = () => makePlane(width, height);
  const product = plane();
  const means = [guide.red, guide.green, guide.blue].map((channel) => boxMean(channel, radius));
  const meanInput = boxMean(input, radius);
  const covary = (one: Plane, other: Plane, meanOne: Plane, meanOther: Plane) => {
    multiply(one.data, other.data, product.data);
    const out = boxMean(product, radius);
    subtractProduct(meanOne.data, meanOther.data, out.data);
    return out;
  };
  const [mr = plane(), mg = plane(), mb = plane()] = means;
  const { red, green, blue } = guide;
  const out = {
    red: covary(red, input, mr, meanInput),
    green: covary(green, input, mg, meanInput),
    blue: covary(blue, input, mb, meanInput),
    offset: meanInput,
  };
  solve(out, { red: mr, green: mg, blue: mb }, epsilon, {
    rr: covary(red, red, mr, mr),
    rg: covary(red, green, mr, mg),
    rb: covary(red, blue, mr, mb),
    gg: covary(green, green, mg, mg),
    gb: covary(green, blue, mg, mb),
    bb: covary(blue, blue, mb, mb),
  });
  for (const channel of [out.red, out.green, out.blue, out.offset]) boxMean(channel, radius, channel);
  return out;
}

// Loops of their own: one inside a function that goes on is compiled for itself at every call, as far as it got.

function multiply(one: Float32Array, other: Float32Array, out: Float32Array) {
  for (let i = 0; i < out.length; i++) out[i] = (one[i] ?? 0) * (other[i] ?? 0);
}

function subtractProduct(one: Float32Array, other: Float32Array, out: Float32Array) {
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) - (one[i] ?? 0) * (other[i] ?? 0);
}

type Covariances = Record<"rr" | "rg" | "rb" | "gg" | "gb" | "bb", Plane>;

/** In place, from covariances with the input to coefficients: Cramer's rule on (covariance + epsilon * identity). */
function solve(out: Coefficients, mean: Guide, epsilon: number, c: Covariances) {
  for (let i = 0; i < out.offset.data.length; i++) {
    const rr = (c.rr.data[i] ?? 0) + epsilon;
    const gg = (c.gg.data[i] ?? 0) + epsilon;
    const bb = (c.bb.data[i] ?? 0) + epsilon;
    const rg = c.rg.data[i] ?? 0;
    const rb = c.rb.data[i] ?? 0;
    const gb = c.gb.data[i] ?? 0;
    const irr = gg * bb - gb * gb;
    const irg = gb * rb - rg * bb;
    const irb = rg * gb - gg * rb;
    const scale = 1 / (rr * irr + rg * irg + rb * irb);
    const pr = out.red.data[i] ?? 0;
    const pg = out.green.data[i] ?? 0;
    const pb = out.blue.data[i] ?? 0;
    const ar = (irr * pr + irg * pg + irb * pb) * scale;
    const ag = (irg * pr + (rr * bb - rb * rb) * pg + (rb * rg - rr * gb) * pb) * scale;
    const ab = (irb * pr + (rb * rg - rr * gb) * pg + (rr * gg - rg * rg) * pb) * scale;
    out.red.data[i] = ar;
    out.green.data[i] = ag;
    out.blue.data[i] = ab;
    out.offset.data[i] =
      (out.offset.data[i] ?? 0) -
      ar * (mean.red.data[i] ?? 0) -
      ag * (mean.green.data[i] ?? 0) -
      ab * (mean.blue.data[i] ?? 0);
  }
}
