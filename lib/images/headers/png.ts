import type { ByteSource } from "../byte-source";
import { BROKEN, CUT, type HeaderResult } from "./header";

/** Samples of a pixel by colour type (PNG 1.2, 4.1.1). */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const BITS = [1, 2, 4, 8, 16];
const FIRST_CHUNK = 8;

/** IHDR, then the chunks up to the pixels, to learn of an animation (acTL). */
export function readPngHeader(source: ByteSource): HeaderResult {
  const head = source.read(FIRST_CHUNK, 25);
  if (head.length < 25) return CUT;
  if (head.readUInt32BE(0) !== 13 || head.toString("latin1", 4, 8) !== "IHDR") return BROKEN;
  const width = head.readUInt32BE(8);
  const height = head.readUInt32BE(12);
  const bits = head[16] ?? 0;
  const channels = CHANNELS[head[17] ?? -1];
  const interlaced = head[20] === 1;
  if (channels === undefined || !BITS.includes(bits)) return BROKEN;
  // Interlaced rows arrive in seven passes, so the whole picture is held; palettes are expanded first.
  const bytesPerPixel = head[17] === 3 ? 4 : channels * Math.ceil(bits / 8);
  return {
    ok: true,
    header: {
      format: "png",
      width,
      height,
      bits,
      channels,
      animated: hasAnimation(source),
      heldBytes: interlaced ? width * height * bytesPerPixel : 0,
    },
  };
}

function hasAnimation(source: ByteSource): boolean {
  for (const chunk of pngChunks(source)) {
    if (chunk.type === "acTL") return true;
    if (chunk.type === "IDAT" || chunk.type === "IEND") return false;
  }
  return false;
}

/** The chunks in file order; `end` is the offset after the checksum and may lie beyond the file. */
export function* pngChunks(source: ByteSource): Generator<{ type: string; end: number }> {
  let at = FIRST_CHUNK;
  while (at < source.size) {
    const head = source.read(at, 8);
    if (head.length < 8) return;
    const end = at + 12 + head.readUInt32BE(0);
    yield { type: head.toString("latin1", 4, 8), end };
    at = end;
  }
}
