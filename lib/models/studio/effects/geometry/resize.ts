import { IMAGE_LIMITS } from "@/lib/images/constants";
import { type Pixels, resizePixels } from "@/lib/images/pixels";
import type { EditOp, Rgb } from "../../edit-plan";
import { HELD_NOWHERE, type HeldSides, roomBefore } from "../../held-sides";
import { flatten, place } from "./canvas";

/**
 * Exact numbers, never cropped, never distorted: one side or the long edge sets the scale; both sides are met by
 * fitting inside and padding with the colour of the picture's border, or white where the border has none.
 */
export async function resize(
  pixels: Pixels,
  { width, height, longEdge }: Extract<EditOp, { op: "resize" }>,
  held: () => Promise<HeldSides> = async () => HELD_NOWHERE,
): Promise<Pixels> {
  if (width !== null && height !== null) return fitInto(pixels, limit(width), limit(height), held);
  const scale = scaleOf(pixels, { width, height, longEdge });
  const to = (side: number) => limit(side * scale);
  return resizePixels(
    pixels,
    width ? limit(width) : to(pixels.width),
    height ? limit(height) : to(pixels.height),
  );
}

function scaleOf(
  pixels: Pixels,
  { width, height, longEdge }: { width: number | null; height: number | null; longEdge: number | null },
): number {
  if (width !== null) return width / pixels.width;
  if (height !== null) return height / pixels.height;
  if (longEdge !== null) return longEdge / Math.max(pixels.width, pixels.height);
  return 1;
}

async function fitInto(
  pixels: Pixels,
  width: number,
  height: number,
  held: () => Promise<HeldSides>,
): Promise<Pixels> {
  const scale = Math.min(width / pixels.width, height / pixels.height);
  const innerWidth = Math.min(width, limit(pixels.width * scale));
  const innerHeight = Math.min(height, limit(pixels.height * scale));
  const inner = await resizePixels(pixels, innerWidth, innerHeight);
  if (innerWidth === width && innerHeight === height) return inner;
  const fill = borderColour(pixels);
  const sides = await held();
  const x = roomBefore(width - innerWidth, sides.left, sides.right);
  const y = roomBefore(height - innerHeight, sides.top, sides.bottom);
  return place(fill === "transparent" ? inner : flatten(inner, fill), { x, y, width, height }, fill);
}

/** The one colour of the outermost pixels; white where they differ, nothing where they are transparent. */
export function borderColour({ data, width, height }: Pixels): Rgb | "transparent" {
  const sum = { r: 0, g: 0, b: 0, clear: 0, squares: 0, n: 0 };
  const add = (p: number) => {
    const r = data[p * 4] ?? 0;
    const g = data[p * 4 + 1] ?? 0;
    const b = data[p * 4 + 2] ?? 0;
    sum.n++;
    if ((data[p * 4 + 3] ?? 0) < 128) sum.clear++;
    sum.r += r;
    sum.g += g;
    sum.b += b;
    sum.squares += r * r + g * g + b * b;
  };
  for (let x = 0; x < width; x++) for (const y of [0, height - 1]) add(y * width + x);
  for (let y = 0; y < height; y++) for (const x of [0, width - 1]) add(y * width + x);
  if (sum.clear > sum.n / 2) return "transparent";
  const mean = { r: sum.r / sum.n, g: sum.g / sum.n, b: sum.b / sum.n };
  const variance = sum.squares / sum.n - mean.r ** 2 - mean.g ** 2 - mean.b ** 2;
  // A spread of five levels a channel is still one colour with noise.
  if (sum.clear > 0 || variance > 3 * 25) return { r: 255, g: 255, b: 255 };
  return { r: Math.round(mean.r), g: Math.round(mean.g), b: Math.round(mean.b) };
}

function limit(side: number): number {
  return Math.min(IMAGE_LIMITS.maxSide, Math.max(1, Math.round(side)));
}
