import type { ProviderSettings } from "@/lib/sessions/types";
import type { SizeRule } from "../types";

export type Size = { width: number; height: number };

/** What `source` aims at. */
const MEGAPIXEL = 1024 * 1024;
/** A wrong shape is seen at once, a few pixels more or fewer never are. */
const SHAPE_WEIGHT = 10;

/**
 * The size to ask the provider for, always one its rule allows. Null: it is left to the provider, or the model has no
 * such choice.
 * @param source upright pixels of the source; null for a picture from text alone
 */
export function providerSize(
  rule: SizeRule,
  asked: ProviderSettings["size"],
  source: Size | null,
): Size | null {
  if (rule.kind === "output" || asked === "auto") return null;
  const wanted = asked === "source" ? fromSource(source) : parseSize(asked);
  return rule.kind === "presets" ? nearestPreset(rule.presets, wanted) : nearestFree(rule, wanted);
}

/** `WxH` as numbers. Throws on anything else. */
export function parseSize(text: string): Size {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text) ?? [];
  if (!width || !height) throw new Error(`"${text}" is not a size.`);
  return { width: Number(width), height: Number(height) };
}

export function sizeText({ width, height }: Size): string {
  return `${width}x${height}`;
}

/** Whether a rule of free sizes allows it. */
export function isLegal(rule: Extract<SizeRule, { kind: "free" }>, { width, height }: Size): boolean {
  const { multiple, maxEdge, maxRatio, minPixels, maxPixels } = rule;
  const long = Math.max(width, height);
  return (
    width % multiple === 0 &&
    height % multiple === 0 &&
    long <= maxEdge &&
    long <= maxRatio * Math.min(width, height) &&
    width * height >= minPixels &&
    width * height <= maxPixels
  );
}

function fromSource(source: Size | null): Size {
  if (!source) return { width: 1024, height: 1024 };
  const scale = Math.sqrt(MEGAPIXEL / (source.width * source.height));
  return { width: source.width * scale, height: source.height * scale };
}

function nearestPreset(presets: readonly string[], wanted: Size): Size | null {
  return nearest(presets.map(parseSize), wanted);
}

/** Of all widths there are, each with the two heights around the wanted shape. */
function nearestFree(rule: Extract<SizeRule, { kind: "free" }>, wanted: Size): Size | null {
  const { multiple, maxEdge, maxRatio } = rule;
  const ratio = clamp(wanted.width / wanted.height, 1 / maxRatio, maxRatio);
  const candidates: Size[] = [];
  for (let width = multiple; width <= maxEdge; width += multiple) {
    const row = Math.floor(width / ratio / multiple) * multiple;
    candidates.push({ width, height: row }, { width, height: row + multiple });
  }
  const legal = candidates.filter((size) => size.height > 0 && isLegal(rule, size));
  return nearest(legal, shaped(wanted, ratio)) ?? nearestPreset(rule.presets, wanted);
}

/** As many pixels, in a shape the rule allows. */
function shaped({ width, height }: Size, ratio: number): Size {
  const pixels = width * height;
  return { width: Math.sqrt(pixels * ratio), height: Math.sqrt(pixels / ratio) };
}

function nearest(sizes: readonly Size[], wanted: Size): Size | null {
  const distance = ({ width, height }: Size) =>
    SHAPE_WEIGHT * Math.abs(Math.log(width / height / (wanted.width / wanted.height))) +
    Math.abs(Math.log((width * height) / (wanted.width * wanted.height)));
  let best: Size | null = null;
  for (const size of sizes) if (!best || distance(size) < distance(best)) best = size;
  return best;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
