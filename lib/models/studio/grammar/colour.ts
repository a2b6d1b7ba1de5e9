import type { Rgb } from "@/lib/models/studio/edit-plan";
import { COLOUR_SHADES } from "./words/colours";

export type NamedColour = { rgb: Rgb; name: string };

const WHITE: Rgb = { r: 255, g: 255, b: 255 };
const BLACK: Rgb = { r: 0, g: 0, b: 0 };
const GRAY: Rgb = { r: 140, g: 140, b: 140 };

/** The colour a shade word makes of another ("pale" of red). Mixed in 8-bit sRGB: names are vague anyway. */
export function mixColour(rgb: Rgb, shade: string): Rgb {
  const mix = COLOUR_SHADES[shade];
  if (!mix) return rgb;
  if (mix.towards === "vivid") return vivid(rgb, mix.share);
  return between(rgb, { white: WHITE, black: BLACK, gray: GRAY }[mix.towards], mix.share);
}

/** `share` 0 gives `from`, 1 gives `to`. */
export function between(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (a: number, b: number) => Math.round(a + (b - a) * share);
  return { r: part(from.r, to.r), g: part(from.g, to.g), b: part(from.b, to.b) };
}

export function isSameColour(a: Rgb, b: Rgb) {
  return a.r === b.r && a.g === b.g && a.b === b.b;
}

/** White, black and grey: what "make it white" after a background change means for the background. */
export function isNeutral({ r, g, b }: Rgb) {
  return Math.max(r, g, b) - Math.min(r, g, b) <= 12;
}

function vivid(rgb: Rgb, share: number): Rgb {
  const low = Math.min(rgb.r, rgb.g, rgb.b);
  const high = Math.max(rgb.r, rgb.g, rgb.b);
  if (high === low) return between(rgb, WHITE, share / 2);
  const stretch = (part: number) => Math.round(((part - low) / (high - low)) * 255);
  return between(rgb, { r: stretch(rgb.r), g: stretch(rgb.g), b: stretch(rgb.b) }, share);
}
