import { toLinear, toSrgb } from "../raster/light";
import { makePlane, type Plane, smoothstep, softBlur } from "../raster/plane";
import type { Plate } from "./types";

/** A picture being painted: linear light, 1 = paper white, lamps may be brighter. */
export type Canvas = Plate & { width: number; height: number };

/** Linear light. */
export type Paint = { r: number; g: number; b: number };

export function makeCanvas(width: number, height: number): Canvas {
  const plane = () => makePlane(width, height);
  return { red: plane(), green: plane(), blue: plane(), width, height };
}

/** sRGB hex like '#87b5e0' as light. */
export function paint(hex: string): Paint {
  const value = Number.parseInt(hex.slice(1), 16);
  return { r: toLinear((value >> 16) & 255), g: toLinear((value >> 8) & 255), b: toLinear(value & 255) };
}

export function mix(from: Paint, to: Paint, share: number): Paint {
  const t = Math.min(Math.max(share, 0), 1);
  return {
    r: from.r + (to.r - from.r) * t,
    g: from.g + (to.g - from.g) * t,
    b: from.b + (to.b - from.b) * t,
  };
}

export function dim(colour: Paint, by: number): Paint {
  return { r: colour.r * by, g: colour.g * by, b: colour.b * by };
}

/** The colour at a place on a scale of colours; stops rise from 0 to 1. */
export function ramp(stops: [number, Paint][], place: number): Paint {
  let [before, colour] = stops[0] ?? [0, { r: 0, g: 0, b: 0 }];
  for (const [stop, next] of stops) {
    if (place <= stop) return stop === before ? next : mix(colour, next, smoothstep(before, stop, place));
    before = stop;
    colour = next;
  }
  return colour;
}

/**
 * Paints every pixel between two heights (shares of the frame). `colourAt` gets u, v in 0..1 and returns the paint and,
 * as `a`, how much of what is there it covers (1 when left out).
 */
export function fill(
  canvas: Canvas,
  colourAt: (u: number, v: number) => Paint & { a?: number },
  from = 0,
  to = 1,
): void {
  const { width, height } = canvas;
  const last = Math.min(height, Math.ceil(to * height));
  for (let y = Math.max(0, Math.floor(from * height)); y < last; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt((x + 0.5) / width, Math.max(from, (y + 0.5) / height));
      if (colour.a !== 0) blend(canvas, y * width + x, colour, colour.a ?? 1);
    }
  }
}

/** Out of focus by a sigma that is a share of the long edge. */
export function defocus(canvas: Canvas, share: number): void {
  const sigma = share * Math.max(canvas.width, canvas.height);
  for (const plane of [canvas.red, canvas.green, canvas.blue]) softBlur(plane, sigma, plane);
}

/** Sharp at the bottom of the frame, more and more out of focus up to the horizon and above it. */
export function defocusFrom(canvas: Canvas, horizon: number, near: number, far: number): void {
  const long = Math.max(canvas.width, canvas.height);
  for (const plane of [canvas.red, canvas.green, canvas.blue]) {
    const soft = softBlur(plane, far * long);
    softBlur(plane, near * long, plane);
    mixRows(plane, soft, (v) => 1 - smoothstep(horizon, Math.min(1, horizon + 0.5), v));
  }
}

/** The finished plate, sRGB 0..255, corners a little darker as lenses draw them. */
export function develop(canvas: Canvas, falloff = 0.16): Plate {
  const { width, height } = canvas;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const dx = (x + 0.5) / width - 0.5;
      const dy = (y + 0.5) / height - 0.5;
      const light = 1 - falloff * smoothstep(0.12, 0.55, dx * dx + dy * dy);
      for (const plane of [canvas.red, canvas.green, canvas.blue]) {
        plane.data[i] = toSrgb(filmic((plane.data[i] ?? 0) * light));
      }
    }
  }
  return canvas;
}

/** Highlights roll off instead of clipping. */
function filmic(light: number): number {
  return light <= 0.7 ? light : 0.7 + 0.3 * (1 - Math.exp(-(light - 0.7) / 0.3));
}

function mixRows(plane: Plane, other: Plane, shareAt: (v: number) => number) {
  for (let y = 0; y < plane.height; y++) {
    const share = shareAt((y + 0.5) / plane.height);
    for (let i = y * plane.width; i < (y + 1) * plane.width; i++) {
      plane.data[i] = (plane.data[i] ?? 0) * (1 - share) + (other.data[i] ?? 0) * share;
    }
  }
}

/** Covers a pixel with paint, `cover` 0..1. */
export function blend({ red, green, blue }: Canvas, i: number, colour: Paint, cover: number) {
  red.data[i] = (red.data[i] ?? 0) * (1 - cover) + colour.r * cover;
  green.data[i] = (green.data[i] ?? 0) * (1 - cover) + colour.g * cover;
  blue.data[i] = (blue.data[i] ?? 0) * (1 - cover) + colour.b * cover;
}

/** Adds light to a pixel. */
export function add({ red, green, blue }: Canvas, i: number, colour: Paint, amount: number) {
  red.data[i] = (red.data[i] ?? 0) + colour.r * amount;
  green.data[i] = (green.data[i] ?? 0) + colour.g * amount;
  blue.data[i] = (blue.data[i] ?? 0) + colour.b * amount;
}
