import type { GridQuality, InputTokens, OutputTokens } from "./catalogue/types";

type Size = { width: number; height: number };
export type TokenRange = { min: number; max: number };

/**
 * Output tokens of one image on a grid: the provider's own calculator, which matches every published reading of
 * gpt-image-2 and 2.5 (flare and sunburst cost the same).
 */
export function gridTokens(base: number, { width, height }: Size): number {
  const across = base / (Math.max(width, height) / Math.min(width, height));
  return Math.ceil((base * halfToEven(across) * (2_000_000 + width * height)) / 4_000_000);
}

/** How far a size may go that the provider chooses by itself. */
export type SizeLimits = { maxRatio: number; minPixels: number; maxPixels: number };

/** What one image of that quality may take. Null: no such quality. A null size: the provider chooses it. */
export function outputTokens(
  table: OutputTokens,
  quality: string,
  size: Size | null,
  limits: SizeLimits,
): TokenRange | null {
  if (table.kind === "free") return { min: 0, max: 0 };
  if (table.kind === "table") {
    const row = table.qualities[quality];
    if (!row) return null;
    const tokens = size ? [row[shapeOf(size)]] : Object.values(row);
    return { min: Math.min(...tokens), max: Math.max(...tokens) };
  }
  const grid = table.qualities[quality];
  return grid ? gridRange(grid, size, limits) : null;
}

function gridRange(
  { base, most = base, times = 1 }: GridQuality,
  size: Size | null,
  { maxRatio, minPixels, maxPixels }: SizeLimits,
): TokenRange {
  if (size) return { min: gridTokens(base, size), max: gridTokens(most, size) * times };
  return {
    min: Math.ceil((base * Math.floor(base / maxRatio) * (2_000_000 + minPixels)) / 4_000_000),
    max: Math.ceil((most * most * (2_000_000 + maxPixels)) / 4_000_000) * times,
  };
}

/**
 * Tokens of one input picture. Patches: at most 1,536; a formula found by others, which matches the usage that was
 * reported for five sizes. Tiles: 65 and 129 for each 512 px tile once the shorter side is 512.
 */
export function inputTokens(kind: InputTokens, size: Size): number {
  return kind === "patches" ? patchTokens(size) : tileTokens(size);
}

const PATCH = 32;
const MOST_PATCHES = 1536;

function patchTokens({ width, height }: Size): number {
  const enlarge = Math.max(1, 1024 / Math.max(width, height));
  const w = enlarge > 1 ? Math.round(width * enlarge) : width;
  const h = enlarge > 1 ? Math.round(height * enlarge) : height;
  if (patches(w, h) <= MOST_PATCHES) return patches(w, h);
  const fit = Math.sqrt((MOST_PATCHES * PATCH * PATCH) / (w * h));
  const across = (w * fit) / PATCH;
  const down = (h * fit) / PATCH;
  const scale = fit * Math.min(Math.floor(across) / across, Math.floor(down) / down);
  return patches(Math.floor(w * scale), Math.floor(h * scale));
}

function patches(width: number, height: number): number {
  return Math.ceil(width / PATCH) * Math.ceil(height / PATCH);
}

function tileTokens({ width, height }: Size): number {
  const scale = 512 / Math.min(width, height);
  return 65 + 129 * Math.ceil((width * scale) / 512) * Math.ceil((height * scale) / 512);
}

/** The most a prompt may take: a token for each character, and the frame around it. */
export function mostTextTokens(chars: number): number {
  return chars + 20;
}

function shapeOf({ width, height }: Size): "square" | "portrait" | "landscape" {
  if (width === height) return "square";
  return width > height ? "landscape" : "portrait";
}

function halfToEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}
