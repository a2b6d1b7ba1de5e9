import type { Pixels } from "@/lib/images/pixels";
import type { EditOp } from "../../edit-plan";
import { rgbToLab, writeLab } from "../colour/oklab";
import { clamp01, LINEAR, mix } from "../colour/srgb";
import { LUMA, mapLightness, writeLight } from "./light";

/** Brightness, contrast, saturation, warmth or exposure by -1..1; black and white points stay where they are. */
export function adjust(pixels: Pixels, { what, amount }: Extract<EditOp, { op: "adjust" }>): Pixels {
  switch (what) {
    case "brightness":
      return mapLightness(pixels, (l) => l ** (2 ** (-amount * 1.1)));
    case "exposure":
      return mapLightness(pixels, exposed(amount * 2));
    case "contrast":
      return mapLightness(pixels, contrasted(amount));
    case "saturation":
      return saturate(pixels, amount);
    case "warmth":
      return warm(pixels, amount);
  }
}

/** Stops of light; the shoulder above keeps the brightest parts apart. */
function exposed(stops: number): (l: number) => number {
  const scale = 2 ** (stops / 3);
  if (scale <= 1) return (l) => l * scale;
  // x s / (1 + x (s - 1)) has slope s at black and ends at 1; the blend keeps the middle close to true exposure.
  return (l) => mix(Math.min(1, l * scale), (l * scale) / (1 + l * (scale - 1)), clamp01(l * scale));
}

/** An S through the middle grey for more, its flattening for less. */
function contrasted(amount: number): (l: number) => number {
  const pivot = 0.55;
  if (amount < 0) return (l) => pivot + (l - pivot) * (1 + amount * 0.7);
  const power = 1 + amount * 1.3;
  return (l) =>
    l < pivot ? pivot * (l / pivot) ** power : 1 - (1 - pivot) * ((1 - l) / (1 - pivot)) ** power;
}

/** Pale colours gain more than strong ones, so that none is driven out of the gamut. */
export function saturate(pixels: Pixels, amount: number): Pixels {
  const copy = { ...pixels, data: new Uint8Array(pixels.data) };
  resaturate(copy, amount);
  return copy;
}

/** `saturate` in place. */
export function resaturate({ data: out }: Pixels, amount: number): void {
  const lab = { l: 0, a: 0, b: 0 };
  for (let i = 0; i < out.length; i += 4) {
    rgbToLab(out[i] ?? 0, out[i + 1] ?? 0, out[i + 2] ?? 0, lab);
    const chroma = Math.sqrt(lab.a * lab.a + lab.b * lab.b);
    const factor = amount < 0 ? 1 + amount : 1 + (amount * 1.1) / (1 + chroma * 6);
    writeLab(out, i, lab.l, lab.a * factor, lab.b * factor);
  }
}

/** Moves the white point between candle and sky; luminance stays. */
function warm({ data, width, height }: Pixels, amount: number): Pixels {
  const out = new Uint8Array(data);
  const red = 2 ** (amount * 0.5);
  const green = 2 ** (amount * 0.03);
  const blue = 2 ** (-amount * 0.74);
  for (let i = 0; i < out.length; i += 4) {
    const r = LINEAR[out[i] ?? 0] ?? 0;
    const g = LINEAR[out[i + 1] ?? 0] ?? 0;
    const b = LINEAR[out[i + 2] ?? 0] ?? 0;
    const before = LUMA.r * r + LUMA.g * g + LUMA.b * b;
    const after = LUMA.r * r * red + LUMA.g * g * green + LUMA.b * b * blue;
    const keep = after > 0 ? before / after : 1;
    writeLight(out, i, r * red * keep, g * green * keep, b * blue * keep);
  }
  return { data: out, width, height };
}
