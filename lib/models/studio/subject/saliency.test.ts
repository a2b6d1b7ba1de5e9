import { join } from "node:path";
import { expect, it } from "vitest";
import { decodePixels, type Pixels } from "@/lib/images/pixels";
import type { Plane } from "../raster/plane";
import { findSaliency } from "./saliency";

it("sees in the mirror image of a doubtful photo what it sees in the photo", async () => {
  const photo = await decodePixels(join(process.cwd(), "public", "samples", "chelsea.jpg"));
  const seen = await findSaliency(photo);
  const mirrored = await findSaliency(mirror(photo));
  // One look at each agrees to 0.885.
  expect(overlap(seen, mirrored)).toBeGreaterThan(0.92);
});

/** Intersection over union of the soft mask with the other one turned back. */
function overlap({ data, width }: Plane, other: Plane): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < data.length; i++) {
    const turned = other.data[mirrorIndex(i, width)] ?? 0;
    both += Math.min(data[i] ?? 0, turned);
    either += Math.max(data[i] ?? 0, turned);
  }
  return both / either;
}

function mirror({ data, width, height }: Pixels): Pixels {
  const out = new Uint8Array(data.length);
  for (let i = 0; i < width * height; i++) {
    const from = mirrorIndex(i, width) * 4;
    out.set(data.subarray(from, from + 4), i * 4);
  }
  return { data: out, width, height };
}

function mirrorIndex(i: number, width: number): number {
  return i - 2 * (i % width) + width - 1;
}
