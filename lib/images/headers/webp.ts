import type { ByteSource } from "../byte-source";
import { BROKEN, CUT, type HeaderResult } from "./header";

/** First chunk after RIFF....WEBP (RFC 9649, 2.5 to 2.7). */
export function readWebpHeader(source: ByteSource): HeaderResult {
  const head = source.read(12, 18);
  if (head.length < 13) return CUT;
  const kind = head.toString("latin1", 0, 4);
  if (kind === "VP8X") return head.length < 18 ? CUT : readExtended(head);
  if (kind === "VP8 ") return head.length < 18 ? CUT : readLossy(head);
  if (kind === "VP8L") return readLossless(head);
  return BROKEN;
}

function readExtended(head: Buffer): HeaderResult {
  const flags = head[8] ?? 0;
  return webp({
    width: head.readUIntLE(12, 3) + 1,
    height: head.readUIntLE(15, 3) + 1,
    channels: flags & 0x10 ? 4 : 3,
    animated: (flags & 0x02) !== 0,
  });
}

function readLossy(head: Buffer): HeaderResult {
  if (head.readUIntBE(11, 3) !== 0x9d012a) return BROKEN;
  return webp({
    width: head.readUInt16LE(14) & 0x3fff,
    height: head.readUInt16LE(16) & 0x3fff,
    channels: 3,
    animated: false,
  });
}

function readLossless(head: Buffer): HeaderResult {
  if (head[8] !== 0x2f) return BROKEN;
  const packed = head.readUInt32LE(9);
  return webp({
    width: (packed & 0x3fff) + 1,
    height: ((packed >>> 14) & 0x3fff) + 1,
    channels: packed & 0x10000000 ? 4 : 3,
    animated: false,
  });
}

function webp(facts: { width: number; height: number; channels: number; animated: boolean }): HeaderResult {
  // libwebp decodes whole frames; lossless ones, which an extended header may hold too, are held as 32-bit pixels.
  const heldBytes = facts.width * facts.height * 4;
  return { ok: true, header: { format: "webp", bits: 8, ...facts, heldBytes } };
}
