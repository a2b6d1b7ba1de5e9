import { createHash } from "node:crypto";

import { sharp } from "@/lib/images/decoder";
import { crc32 } from "@/scripts/testing/hostile/png-bytes";

/** Whose picture it is. Hashes are SHA-256 in hex. */
export type Trace = {
  /** Of the first input image as it arrived; null without one. */
  input: string | null;
  prompt: string;
  /** Number of the call in the log, from 1. */
  call: number;
  /** Which of the call's `n` images, from 0. */
  index: number;
  /** What `numberedPicture` had drawn into the first input, when it was one. */
  source: number | null;
};

export type Raster = { pixels: Buffer; width: number; height: number; channels: number };

const MAGIC = 0xc5a7;
const BODY_BYTES = 75;
const CELLS = Math.ceil(((BODY_BYTES + 4) * 8) / 3);
const NO_SOURCE = 0xffffffff;
const NO_INPUT = "0".repeat(64);

export function sha256(value: string | Buffer): string {
  return createHash("sha256").update(value).digest("hex");
}

/** Writes the trace as rows of coloured cells over the top of the raster; false where it has no room. */
export function drawTrace(raster: Raster, trace: Trace): boolean {
  const grid = traceGrid(raster);
  if (!grid) return false;
  const bytes = encode(trace);
  for (let cell = 0; cell < grid.perRow * grid.rows; cell++) {
    // What is left of the last row stays black.
    const colour = cell < CELLS ? threeBits(bytes, cell) : 0;
    fillCell(raster, { cell, colour, ...grid });
  }
  return true;
}

/**
 * Reads the trace of an answered picture, or null when it has none. From PNG always; from JPEG and WebP too as long as
 * nobody cut, scaled or squeezed it hard.
 */
export async function readTrace(bytes: Buffer): Promise<Trace | null> {
  const { data, info } = await sharp(bytes).removeAlpha().toColourspace("srgb").raw().toBuffer({
    resolveWithObject: true,
  });
  const raster = { pixels: data, width: info.width, height: info.height, channels: info.channels };
  const grid = traceGrid(raster);
  if (!grid || raster.channels !== 3) return null;
  const encoded = Buffer.alloc(BODY_BYTES + 4);
  for (let cell = 0; cell < CELLS; cell++) setThreeBits(encoded, cell, readCell(raster, { cell, ...grid }));
  return decode(encoded);
}

/** Rows of pixels the strip takes; 0 where there is no room. */
export function traceHeight(size: { width: number; height: number }): number {
  const grid = traceGrid(size);
  return grid ? grid.rows * grid.edge : 0;
}

type Grid = { edge: number; perRow: number; rows: number };

/** The largest cells that leave half of the picture free. Depends on the size alone: reading needs no header. */
function traceGrid({ width, height }: { width: number; height: number }): Grid | null {
  for (const edge of [8, 4, 2, 1]) {
    const perRow = Math.floor(width / edge);
    if (perRow === 0) continue;
    const rows = Math.ceil(CELLS / perRow);
    if (rows * edge * 2 <= height) return { edge, perRow, rows };
  }
  return null;
}

function encode({ input, prompt, call, index, source }: Trace): Buffer {
  const bytes = Buffer.alloc(BODY_BYTES + 4);
  bytes.writeUInt16BE(MAGIC, 0);
  bytes.write(input ?? NO_INPUT, 2, "hex");
  bytes.write(prompt, 34, "hex");
  bytes.writeUInt32BE(call, 66);
  bytes.writeUInt8(index, 70);
  bytes.writeUInt32BE(source ?? NO_SOURCE, 71);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, BODY_BYTES)), BODY_BYTES);
  return bytes;
}

function decode(bytes: Buffer): Trace | null {
  if (bytes.readUInt16BE(0) !== MAGIC) return null;
  if (bytes.readUInt32BE(BODY_BYTES) !== crc32(bytes.subarray(0, BODY_BYTES))) return null;
  const input = bytes.toString("hex", 2, 34);
  const source = bytes.readUInt32BE(71);
  return {
    input: input === NO_INPUT ? null : input,
    prompt: bytes.toString("hex", 34, 66),
    call: bytes.readUInt32BE(66),
    index: bytes.readUInt8(70),
    source: source === NO_SOURCE ? null : source,
  };
}

function threeBits(bytes: Buffer, cell: number): number {
  return [0, 1, 2].reduce((bits, at) => (bits << 1) | bitOf(bytes, cell * 3 + at), 0);
}

function bitOf(bytes: Buffer, bit: number): number {
  return ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
}

function setThreeBits(bytes: Buffer, cell: number, colour: number): void {
  for (const at of [0, 1, 2]) {
    const bit = cell * 3 + at;
    if (bit >= bytes.length * 8) return;
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (((colour >> (2 - at)) & 1) << (7 - (bit & 7)));
  }
}

type Cell = Grid & { cell: number };

function fillCell(raster: Raster, { cell, colour, edge, perRow }: Cell & { colour: number }): void {
  const { pixels, width, channels } = raster;
  const pixel = Buffer.alloc(channels, 255);
  for (const at of [0, 1, 2]) pixel[at] = (colour >> (2 - at)) & 1 ? 255 : 0;
  const left = (cell % perRow) * edge;
  const top = Math.floor(cell / perRow) * edge;
  for (let y = top; y < top + edge; y++) {
    const from = (y * width + left) * channels;
    pixels.fill(pixel, from, from + edge * channels);
  }
}

/** The colour at the middle of a cell, where blurring by an encoder is least. */
function readCell(raster: Raster, { cell, edge, perRow }: Cell): number {
  const { pixels, width, channels } = raster;
  const x = (cell % perRow) * edge + (edge >> 1);
  const y = Math.floor(cell / perRow) * edge + (edge >> 1);
  const at = (y * width + x) * channels;
  return [0, 1, 2].reduce((bits, part) => (bits << 1) | ((pixels[at + part] ?? 0) > 127 ? 1 : 0), 0);
}
