import type { SizeRule } from "./types";

type Size = { width: number; height: number };
type FreeRule = Extract<SizeRule, { kind: "free" }>;

/** "1024x1536" in numbers; null when it is no size. */
export function sizeOf(text: string): Size | null {
  const [, width, height] = /^(\d{2,5})x(\d{2,5})$/.exec(text) ?? [];
  return width && height ? { width: Number(width), height: Number(height) } : null;
}

/** Why a model does not make pictures of that size, for people; null when it does. */
export function sizeTrouble(rule: FreeRule, { width, height }: Size): string | null {
  const { multiple, maxEdge, maxRatio, minPixels, maxPixels } = rule;
  const [longer, shorter] = [Math.max(width, height), Math.min(width, height)];
  const pixels = width * height;
  if (longer > maxEdge) return `The longer side may have ${maxEdge.toLocaleString("en-US")} pixels at most.`;
  if (longer > shorter * maxRatio) return `One side may be ${maxRatio} times the other at most.`;
  if (pixels < minPixels)
    return `That is ${megapixels(pixels)}; ${megapixels(minPixels, "up")} is the least.`;
  if (pixels > maxPixels)
    return `That is ${megapixels(pixels)}; ${megapixels(maxPixels, "down")} is the most.`;
  if (width % multiple || height % multiple) return `Both sides must be multiples of ${multiple}.`;
  return null;
}

/** A size the model makes, close to the wanted one and as near to its proportions as the rule allows. */
export function nearestSize(rule: FreeRule, { width, height }: Size): Size {
  const { multiple, maxEdge, maxRatio, minPixels, maxPixels } = rule;
  const ratio = Math.min(maxRatio, Math.max(1 / maxRatio, width / height));
  const most = Math.min(maxPixels, maxEdge * maxEdge * Math.min(ratio, 1 / ratio));
  const pixels = Math.min(most, Math.max(minPixels, width * height));
  const wide = snap(Math.sqrt(pixels * ratio), multiple);
  const near = [wide - multiple, wide, wide + multiple].flatMap((one) =>
    [-1, 0, 1].map((by) => ({ width: one, height: snap(one / ratio, multiple) + by * multiple })),
  );
  const target = { width: Math.sqrt(pixels * ratio), height: Math.sqrt(pixels / ratio) };
  const fits = near.filter((size) => size.width > 0 && size.height > 0 && sizeTrouble(rule, size) === null);
  // Between two as near, the larger one: more than was asked for can be cut down.
  const [best] = fits.sort(
    (a, b) =>
      Math.round(distance(a, target) - distance(b, target)) || b.width * b.height - a.width * a.height,
  );
  return best ?? sizeOf(rule.presets[0] ?? "") ?? { width: multiple, height: multiple };
}

function snap(pixels: number, multiple: number): number {
  return Math.max(multiple, Math.round(pixels / multiple) * multiple);
}

function distance(a: Size, b: Size): number {
  return Math.abs(a.width - b.width) + Math.abs(a.height - b.height);
}

/** Two digits, rounded so that a limit never looks wider than it is. */
function megapixels(pixels: number, to: "up" | "down" | "near" = "near"): string {
  const hundredths = pixels / 10_000;
  const rounded = { up: Math.ceil, down: Math.floor, near: Math.round }[to](hundredths);
  return `${(rounded / 100).toFixed(2)} megapixels`;
}
