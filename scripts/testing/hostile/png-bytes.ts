import { constants, deflateRawSync, deflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

export function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

export function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), 4 + body.length);
  return out;
}

/** Colour types of PNG. */
export const GREY = 0;
export const RGB = 2;
export const PALETTE = 3;

export type PngHeader = {
  width: number;
  height: number;
  bits?: number;
  colour?: number;
  interlaced?: boolean;
};

export function png(header: PngHeader, ...chunks: Buffer[]): Buffer {
  const { width, height, bits = 8, colour = RGB, interlaced = false } = header;
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(width, 0);
  ihdr.writeUInt32BE(height, 4);
  ihdr.set([bits, colour, 0, 0, interlaced ? 1 : 0], 8);
  return Buffer.concat([SIGNATURE, chunk("IHDR", ihdr), ...chunks]);
}

/** First column, first row and steps of the seven passes of an interlaced picture (PNG 1.2, 2.6). */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const ONE_PASS = [[0, 0, 1, 1]] as const;

/** A whole black picture with `extra` chunks before its pixels. */
export function blackPng(header: PngHeader, ...extra: Buffer[]): Buffer {
  const { width, height, bits = 8, colour = RGB, interlaced = false } = header;
  const length = (interlaced ? PASSES : ONE_PASS).reduce((sum, [left, top, across, down]) => {
    const columns = Math.ceil((width - left) / across);
    const rows = Math.ceil((height - top) / down);
    return sum + rows * (1 + Math.ceil((columns * bits * (colour === RGB ? 3 : 1)) / 8));
  }, 0);
  return png(header, ...extra, chunk("IDAT", deflatedZeros(length)), chunk("IEND"));
}

/** A small picture with real pixels. */
export function smallPng(...extra: Buffer[]): Buffer {
  const rows = Buffer.alloc(40 * (1 + 60 * 3));
  for (let i = 0; i < rows.length; i++) rows[i] = i % 181 === 0 ? 0 : (i * 7) & 255;
  return png({ width: 60, height: 40 }, ...extra, chunk("IDAT", deflateSync(rows)), chunk("IEND"));
}

const BLOCK = 1_000_000;

/**
 * zlib stream of `length` zero bytes in a few milliseconds: one deflate block, fully flushed, repeats byte for
 * byte, and the Adler-32 of zeros is known.
 */
export function deflatedZeros(length: number): Buffer {
  const flush = { finishFlush: constants.Z_FULL_FLUSH };
  const whole = deflateRawSync(Buffer.alloc(BLOCK), flush);
  const rest = deflateRawSync(Buffer.alloc(length % BLOCK), flush);
  const blocks = Array.from({ length: Math.floor(length / BLOCK) }, () => whole);
  const adler = Buffer.alloc(4);
  adler.writeUInt16BE(length % 65521, 0);
  adler.writeUInt16BE(1, 2);
  return Buffer.concat([Buffer.from([0x78, 0x01]), ...blocks, rest, Buffer.from([0x03, 0x00]), adler]);
}
