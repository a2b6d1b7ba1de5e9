import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { rgbaToThumbHash } from "thumbhash";
import { type Pixels, resizePixels } from "./pixels";
import { preparedSize } from "./prepared-size";

/** SHA-256 of a file, hex, read as a stream. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 262_144 }), hash);
  return hash.digest("hex");
}

/** Its shortest wave is a third of the picture long: 32 pixels hold it, and the 100 it would take are ten times the work. */
const THUMBHASH_SIDE = 32;

/** ThumbHash, base64. */
export async function thumbhashOf(pixels: Pixels): Promise<string> {
  const size = preparedSize(pixels, THUMBHASH_SIDE);
  const { data, width, height } = await resizePixels(pixels, size.width, size.height);
  return Buffer.from(rgbaToThumbHash(width, height, data)).toString("base64");
}

const ACROSS = 9;
const DOWN = 8;

/**
 * Difference hash: 64 bits as 16 hex digits. The picture, on white, is averaged to 9 x 8 grey cells;
 * a bit is set where a cell is brighter than its right neighbour. Similar pictures differ in few bits.
 */
export function dhashOf(pixels: Pixels): string {
  const cells = greyCells(pixels);
  let hash = 0n;
  for (let y = 0; y < DOWN; y++) {
    for (let x = 0; x < ACROSS - 1; x++) {
      const left = cells[y * ACROSS + x] ?? 0;
      const right = cells[y * ACROSS + x + 1] ?? 0;
      hash = (hash << 1n) | (left > right ? 1n : 0n);
    }
  }
  return hash.toString(16).padStart(16, "0");
}

function greyCells({ data, width, height }: Pixels): number[] {
  return Array.from({ length: ACROSS * DOWN }, (_, cell) => {
    const [fromX, toX] = span(cell % ACROSS, ACROSS, width);
    const [fromY, toY] = span(Math.floor(cell / ACROSS), DOWN, height);
    let sum = 0;
    for (let y = fromY; y < toY; y++) {
      for (let x = fromX; x < toX; x++) sum += greyOnWhite(data, (y * width + x) * 4);
    }
    // Rounded, so that noise of the encoder in a flat area sets no bits.
    return Math.round(sum / ((toX - fromX) * (toY - fromY)));
  });
}

function span(index: number, parts: number, length: number): [number, number] {
  const from = Math.min(length - 1, Math.floor((index * length) / parts));
  return [from, Math.max(from + 1, Math.floor(((index + 1) * length) / parts))];
}

/** Rec. 601 luma. */
function greyOnWhite(data: Uint8Array, at: number): number {
  const luma = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
  const alpha = (data[at + 3] ?? 255) / 255;
  return luma * alpha + 255 * (1 - alpha);
}
