import { constants, deflateRawSync, deflateSync } from "node:zlib";
import { chunk, png } from "@/scripts/testing/hostile/png-bytes";
import type { Size } from "./paint";
import { drawTrace, type Trace, traceHeight } from "./trace";

type Rest = { chunk: Buffer; adler: number; bytes: number };

/** By size: the part of the picture below the trace, compressed once. */
const rests = new Map<string, Rest>();
const GREY = 150;
const ADLER = 65_521;

/**
 * A valid, traced PNG of flat colour in a fraction of a millisecond: only the trace's rows are compressed for each call,
 * the rest is the same piece of deflate stream every time.
 */
export function cheapPng(size: Size, trace: Trace): Buffer {
  const rest = restOf(size);
  const top = withFilterBytes(traceRows(size, trace), size.width);
  const head = deflateRawSync(top, { level: 1, finishFlush: constants.Z_FULL_FLUSH });
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(joinAdler(adlerOf(top), rest));
  return png(
    size,
    chunk("IDAT", Buffer.concat([ZLIB_HEADER, head])),
    rest.chunk,
    chunk("IDAT", checksum),
    chunk("IEND"),
  );
}

const ZLIB_HEADER = Buffer.from([0x78, 0x01]);

function traceRows(size: Size, trace: Trace): Buffer {
  const pixels = Buffer.alloc(size.width * traceHeight(size) * 3, GREY);
  drawTrace({ pixels, ...size, channels: 3 }, trace);
  return pixels;
}

function restOf(size: Size): Rest {
  const key = `${size.width}x${size.height}`;
  const known = rests.get(key);
  if (known) return known;
  const rows = size.height - traceHeight(size);
  const pixels = withFilterBytes(Buffer.alloc(size.width * rows * 3, GREY), size.width);
  const rest = { chunk: chunk("IDAT", deflateRawSync(pixels)), adler: adlerOf(pixels), bytes: pixels.length };
  rests.set(key, rest);
  return rest;
}

/** Each row begins with the number of its filter: none. */
function withFilterBytes(pixels: Buffer, width: number): Buffer {
  const row = width * 3;
  const out = Buffer.alloc(pixels.length + pixels.length / row);
  for (let y = 0; y * row < pixels.length; y++) pixels.copy(out, y * (row + 1) + 1, y * row, (y + 1) * row);
  return out;
}

/** Adler-32 as zlib writes it at the end of its stream. */
function adlerOf(bytes: Buffer): number {
  const stream = deflateSync(bytes, { level: 0 });
  return stream.readUInt32BE(stream.length - 4);
}

/** Checksum of two pieces in a row, from theirs (as zlib's adler32_combine). */
function joinAdler(first: number, rest: Rest): number {
  const shift = rest.bytes % ADLER;
  const [low, high] = [first & 0xffff, first >>> 16];
  const [restLow, restHigh] = [rest.adler & 0xffff, rest.adler >>> 16];
  const sumLow = (low + restLow + ADLER - 1) % ADLER;
  const sumHigh = (high + restHigh + shift * (low + ADLER - 1)) % ADLER;
  return sumHigh * 65_536 + sumLow;
}
