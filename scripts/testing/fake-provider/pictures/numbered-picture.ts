import { sharp } from "@/lib/images/decoder";
import type { ImageFormat } from "@/lib/images/types";
import { crc32 } from "@/scripts/testing/hostile/png-bytes";

const GRID = 8;
const DARK = 40;
const LIGHT = 215;

/**
 * A source picture that carries a number in 8 x 8 large blocks, readable after any scaling and re-encoding: the fake
 * copies it into the trace of its answer, so that a test knows which input an answer was made from.
 */
export function numberedPicture(
  number: number,
  {
    width = 640,
    height = 480,
    format = "jpeg",
  }: { width?: number; height?: number; format?: ImageFormat } = {},
): Promise<Buffer> {
  const bits = encode(number);
  const small = Buffer.alloc(GRID * GRID * 3);
  for (let cell = 0; cell < GRID * GRID; cell++) {
    const light = ((bits[cell >> 3] ?? 0) >> (7 - (cell & 7))) & 1;
    // A hue of its own keeps pictures apart for the eye; it is too weak to turn dark into light.
    small.set([light ? LIGHT : DARK, (light ? LIGHT : DARK) + (number % 25), light ? LIGHT : DARK], cell * 3);
  }
  return sharp(small, { raw: { width: GRID, height: GRID, channels: 3 } })
    .resize(width, height, { fit: "fill", kernel: "nearest" })
    .toFormat(format)
    .toBuffer();
}

/** The number of a `numberedPicture`, or null for any other picture. */
export async function readNumber(bytes: Buffer): Promise<number | null> {
  const fine = GRID * 5;
  const grey = await sharp(bytes)
    .flatten({ background: "#000" })
    .resize(fine, fine, { fit: "fill" })
    .greyscale()
    .raw()
    .toBuffer();
  const bits = Buffer.alloc(8);
  for (let cell = 0; cell < GRID * GRID; cell++) {
    const x = (cell % GRID) * 5 + 2;
    const y = Math.floor(cell / GRID) * 5 + 2;
    if ((grey[y * fine + x] ?? 0) > 127) bits[cell >> 3] = (bits[cell >> 3] ?? 0) | (1 << (7 - (cell & 7)));
  }
  return bits.readUInt32BE(4) === check(bits) ? bits.readUInt32BE(0) : null;
}

function encode(number: number): Buffer {
  const bits = Buffer.alloc(8);
  bits.writeUInt32BE(number, 0);
  bits.writeUInt32BE(check(bits), 4);
  return bits;
}

function check(bits: Buffer): number {
  return crc32(bits.subarray(0, 4));
}
