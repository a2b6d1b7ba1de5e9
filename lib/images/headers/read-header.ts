import type { ByteSource } from "../byte-source";
import type { ImageFormat } from "../types";
import type { HeaderResult } from "./header";
import { readJpegHeader } from "./jpeg";
import { readPngHeader } from "./png";
import { readWebpHeader } from "./webp";

const READERS: Record<ImageFormat, (source: ByteSource) => HeaderResult> = {
  jpeg: readJpegHeader,
  png: readPngHeader,
  webp: readWebpHeader,
};

/** Reads the header of a sniffed file without decoding. Never throws, whatever the bytes. */
export function readHeader(source: ByteSource, format: ImageFormat): HeaderResult {
  return READERS[format](source);
}
