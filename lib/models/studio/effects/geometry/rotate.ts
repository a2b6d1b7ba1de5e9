import type { Pixels } from "@/lib/images/pixels";
import type { Size } from "../filters/gauss";
import { spreadColour } from "../filters/spread";
import { quarterTurns } from "./turn";

/**
 * Clockwise. Quarters are exact; any other angle is resampled and cut to the largest upright rectangle that
 * holds picture alone, so that no empty corner is left to fill.
 */
export function rotate(pixels: Pixels, degrees: number): Pixels {
  const angle = ((degrees % 360) + 360) % 360;
  const quarters = Math.round(angle / 90);
  const rest = angle - quarters * 90;
  const turned = turnQuarters(pixels, quarters % 4);
  return Math.abs(rest) < 0.01 ? turned : tilt(turned, (rest * Math.PI) / 180);
}

function turnQuarters(pixels: Pixels, quarters: number): Pixels {
  if (quarters === 1 || quarters === 2 || quarters === 3) return quarterTurns(pixels, quarters);
  return pixels;
}

function tilt(pixels: Pixels, angle: number): Pixels {
  const source = spreadColour(pixels);
  const { width, height } = inscribed(pixels, Math.abs(angle));
  const data = new Uint8Array(width * height * 4);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  for (let y = 0, i = 0; y < height; y++) {
    const v = y + 0.5 - height / 2;
    for (let x = 0; x < width; x++, i += 4) {
      const u = x + 0.5 - width / 2;
      const sx = u * cos + v * sin + pixels.width / 2 - 0.5;
      const sy = -u * sin + v * cos + pixels.height / 2 - 0.5;
      sampleCubic(source, sx, sy, data, i);
      if (data[i + 3] === 0) data.fill(0, i, i + 3);
    }
  }
  return { data, width, height };
}

/** Largest upright rectangle inside a rectangle turned by 0..45 degrees. */
export function inscribed({ width, height }: Size, angle: number): Size {
  const sin = Math.sin(angle);
  const cos = Math.cos(angle);
  const long = Math.max(width, height);
  const short = Math.min(width, height);
  // A long shape is limited by two of its corners alone, a squarer one by all four.
  if (short <= 2 * sin * cos * long) {
    const half = short / 2;
    const [a, b] = width >= height ? [half / sin, half / cos] : [half / cos, half / sin];
    return { width: Math.max(1, Math.floor(a)), height: Math.max(1, Math.floor(b)) };
  }
  const twice = cos * cos - sin * sin;
  return {
    width: Math.max(1, Math.floor((width * cos - height * sin) / twice)),
    height: Math.max(1, Math.floor((height * cos - width * sin) / twice)),
  };
}

const weightsX = new Float64Array(4);
const weightsY = new Float64Array(4);

/** Catmull-Rom, edges repeated. */
function sampleCubic(
  { data, width, height }: Pixels,
  x: number,
  y: number,
  out: Uint8Array,
  i: number,
): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  cubicWeights(x - left, weightsX);
  cubicWeights(y - top, weightsY);
  let r = 0;
  let g = 0;
  let b = 0;
  let a = 0;
  for (let n = 0; n < 4; n++) {
    const row = Math.min(height - 1, Math.max(0, top - 1 + n)) * width;
    for (let m = 0; m < 4; m++) {
      const weight = (weightsX[m] ?? 0) * (weightsY[n] ?? 0);
      const at = (row + Math.min(width - 1, Math.max(0, left - 1 + m))) * 4;
      r += (data[at] ?? 0) * weight;
      g += (data[at + 1] ?? 0) * weight;
      b += (data[at + 2] ?? 0) * weight;
      a += (data[at + 3] ?? 0) * weight;
    }
  }
  out[i] = byte(r);
  out[i + 1] = byte(g);
  out[i + 2] = byte(b);
  out[i + 3] = byte(a);
}

function cubicWeights(t: number, out: Float64Array): void {
  out[0] = ((-0.5 * t + 1) * t - 0.5) * t;
  out[1] = (1.5 * t - 2.5) * t * t + 1;
  out[2] = ((-1.5 * t + 2) * t + 0.5) * t;
  out[3] = (0.5 * t - 0.5) * t * t;
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
