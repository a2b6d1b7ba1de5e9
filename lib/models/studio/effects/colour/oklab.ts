import type { Pixels } from "@/lib/images/pixels";
import type { Rgb } from "../../edit-plan";
import { encode, LINEAR } from "./srgb";

/** Björn Ottosson's OKLab (2020): l 0..1, a and b about -0.4..0.4. */
export type Lab = { l: number; a: number; b: number };

/** One OKLab picture as three planes. */
export type LabPlanes = {
  l: Float32Array;
  a: Float32Array;
  b: Float32Array;
  width: number;
  height: number;
};

const CBRT_STEPS = 4096;
const CBRT = Float32Array.from({ length: CBRT_STEPS + 2 }, (_, i) => Math.cbrt(i / CBRT_STEPS));

/** Writes l, a, b of an 8-bit sRGB colour to `out`. */
export function rgbToLab(r: number, g: number, b: number, out: Lab): void {
  const lr = LINEAR[r] ?? 0;
  const lg = LINEAR[g] ?? 0;
  const lb = LINEAR[b] ?? 0;
  const l = cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb);
  const m = cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb);
  const s = cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb);
  out.l = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  out.a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  out.b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
}

export function labOf({ r, g, b }: Rgb): Lab {
  const lab = { l: 0, a: 0, b: 0 };
  rgbToLab(r, g, b, lab);
  return lab;
}

/** Writes the 8-bit sRGB of an OKLab colour at `i`; what lies outside sRGB is clipped per channel. */
export function writeLab(data: Uint8Array, i: number, l: number, a: number, b: number): void {
  const l3 = cube(l + 0.3963377774 * a + 0.2158037573 * b);
  const m3 = cube(l - 0.1055613458 * a - 0.0638541728 * b);
  const s3 = cube(l - 0.0894841775 * a - 1.291485548 * b);
  data[i] = encode(4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3);
  data[i + 1] = encode(-1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3);
  data[i + 2] = encode(-0.0041960863 * l3 - 0.7034186147 * m3 + 1.707614701 * s3);
}

export function toLabPlanes({ data, width, height }: Pixels): LabPlanes {
  const size = width * height;
  const planes = {
    l: new Float32Array(size),
    a: new Float32Array(size),
    b: new Float32Array(size),
    width,
    height,
  };
  const lab = { l: 0, a: 0, b: 0 };
  for (let p = 0, i = 0; p < size; p++, i += 4) {
    rgbToLab(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0, lab);
    planes.l[p] = lab.l;
    planes.a[p] = lab.a;
    planes.b[p] = lab.b;
  }
  return planes;
}

/** Opaque pixels of the planes. */
export function fromLabPlanes({ l, a, b, width, height }: LabPlanes): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let p = 0, i = 0; p < l.length; p++, i += 4) {
    writeLab(data, i, l[p] ?? 0, a[p] ?? 0, b[p] ?? 0);
    data[i + 3] = 255;
  }
  return { data, width, height };
}

/** Largest chroma sRGB can show at this lightness and hue (radians). */
export function maxChroma(l: number, hue: number): number {
  let low = 0;
  let high = 0.4;
  for (let step = 0; step < 16; step++) {
    const chroma = (low + high) / 2;
    if (inGamut(l, chroma * Math.cos(hue), chroma * Math.sin(hue))) low = chroma;
    else high = chroma;
  }
  return low;
}

function inGamut(l: number, a: number, b: number): boolean {
  const l3 = cube(l + 0.3963377774 * a + 0.2158037573 * b);
  const m3 = cube(l - 0.1055613458 * a - 0.0638541728 * b);
  const s3 = cube(l - 0.0894841775 * a - 1.291485548 * b);
  const channels = [
    4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3,
    -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3,
    -0.0041960863 * l3 - 0.7034186147 * m3 + 1.707614701 * s3,
  ];
  return channels.every((channel) => channel >= -0.0005 && channel <= 1.0005);
}

/** `** 3` goes through the general power function: four times slower. */
function cube(value: number): number {
  return value * value * value;
}

function cbrt(value: number): number {
  // The curve is too steep near black for straight lines between entries.
  if (value < 0.004) return Math.cbrt(value);
  const at = value * CBRT_STEPS;
  const i = at | 0;
  const low = CBRT[i] ?? 1;
  return low + ((CBRT[i + 1] ?? 1) - low) * (at - i);
}
