import type { ByteSource } from "./byte-source";
import { pngChunks } from "./headers/png";
import type { ImageFormat } from "./types";

/** Rubbish some cameras and cloud drives append after the end marker. */
const TAIL = 65_536;

/** Asked of a file that would not decode: does its structure end before it should, as after a broken copy? */
export function endsEarly(source: ByteSource, format: ImageFormat): boolean {
  if (format === "png") return pngEndsEarly(source);
  if (format === "webp") return source.read(4, 4).readUInt32LE(0) + 8 > source.size;
  const tail = source.read(Math.max(0, source.size - TAIL), TAIL);
  return tail.lastIndexOf(Buffer.from([0xff, 0xd9])) === -1;
}

function pngEndsEarly(source: ByteSource): boolean {
  for (const chunk of pngChunks(source)) {
    if (chunk.end > source.size) return true;
    if (chunk.type === "IEND") return false;
  }
  return true;
}
