/** Base of the output grid per quality: the calculator of the pricing page, as published for both families. */
const GRID: Record<"2" | "2.5", Record<string, number>> = {
  "2": { low: 16, medium: 48, high: 96 },
  "2.5": { low: 16, medium: 24, high: 48, xhigh: 64, max: 96 },
};
/** Drafts of 2.6 cost three to four times those of 2.5; no table is published. */
const DRAFTS_OF_2_6 = 3;

export type Family = "2" | "2.5" | "2.6";
type Size = { width: number; height: number };

/** Output tokens of one image. */
export function outputTokens({
  family,
  quality,
  width,
  height,
}: Size & { family: Family; quality: string }): number {
  const base = GRID[family === "2" ? "2" : "2.5"][quality] ?? 0;
  const short = base / (Math.max(width, height) / Math.min(width, height));
  const tokens = Math.ceil((base * roundHalfToEven(short) * (2_000_000 + width * height)) / 4_000_000);
  const isDraft = quality === "low" || quality === "medium";
  return family === "2.6" && isDraft ? tokens * DRAFTS_OF_2_6 : tokens;
}

/** Tokens of one input image: patches of 32 px after scaling into 1024 x 1536 patches' worth of pixels. */
export function inputImageTokens({ width, height }: Size): number {
  const enlarge = Math.max(1, 1024 / Math.max(width, height));
  const wide = enlarge > 1 ? Math.round(width * enlarge) : width;
  const high = enlarge > 1 ? Math.round(height * enlarge) : height;
  if (patches(wide, high) <= 1536) return patches(wide, high);
  const fit = Math.sqrt((1024 * 1536) / (wide * high));
  const across = (wide * fit) / 32;
  const down = (high * fit) / 32;
  const scale = fit * Math.min(Math.floor(across) / across, Math.floor(down) / down);
  return patches(Math.floor(wide * scale), Math.floor(high * scale));
}

/** Tokens of a prompt: four letters each, every sign of other scripts its own. */
export function textTokens(prompt: string): number {
  const signs = [...prompt];
  const plain = signs.filter((sign) => sign < "\u2e80").length;
  return Math.ceil(plain / 4) + (signs.length - plain) + 20;
}

function patches(width: number, height: number): number {
  return Math.ceil(width / 32) * Math.ceil(height / 32);
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}
