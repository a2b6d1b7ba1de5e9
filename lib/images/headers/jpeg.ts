import type { ByteSource } from "../byte-source";
import { BROKEN, CUT, type HeaderResult, type ImageHeader } from "./header";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const PROGRESSIVE = [0xc2, 0xca];
/** Frames the decoder can read: baseline, extended, progressive, and the arithmetic pair. */
const FRAMES = [0xc0, 0xc1, 0xc2, 0xc9, 0xca];
/** Lossless and hierarchical frames, and JPEG-LS. */
const LOSSLESS_FRAMES = [0xc3, 0xc5, 0xc6, 0xc7, 0xcb, 0xcd, 0xce, 0xcf, 0xf7];
/** Rubbish a decoder skips between segments; more than this is no photo. */
const MAX_RUBBISH = 65_536;

type Frame = { header: ImageHeader; components: number; coefficientBytes: number; progressive: boolean };

/** Walks the segments to the first scan (ITU T.81, B.2). Payloads are skipped, not read. */
export function readJpegHeader(source: ByteSource): HeaderResult {
  let at = 2;
  let frame: Frame | null = null;
  while (at < source.size) {
    const marker = nextMarker(source, at);
    if (!marker) return at + 4 >= source.size ? CUT : BROKEN;
    at = marker.end;
    if (marker.code === EOI || marker.code === SOI) return BROKEN;
    if (standsAlone(marker.code)) continue;
    const segment = source.read(at, 2);
    if (segment.length < 2) return CUT;
    const length = segment.readUInt16BE(0);
    if (length < 2) return BROKEN;
    if (LOSSLESS_FRAMES.includes(marker.code)) return { ok: false, why: "variant", name: "lossless JPEG" };
    if (FRAMES.includes(marker.code) && !frame) {
      const read = readFrame(source.read(at + 2, length - 2), PROGRESSIVE.includes(marker.code));
      if (!read) return at + length > source.size ? CUT : BROKEN;
      frame = read;
    }
    if (marker.code === SOS) return frame ? finish(frame, source.read(at + 2, 1)[0]) : BROKEN;
    at += length;
  }
  return CUT;
}

function nextMarker(source: ByteSource, from: number): { code: number; end: number } | null {
  for (let at = from; at < Math.min(source.size, from + MAX_RUBBISH); at++) {
    const pair = source.read(at, 2);
    const code = pair[1];
    if (pair[0] === 0xff && code !== undefined && code !== 0xff && code !== 0) return { code, end: at + 2 };
  }
  return null;
}

function standsAlone(code: number): boolean {
  return code === 0x01 || (code >= 0xd0 && code <= 0xd7);
}

function readFrame(body: Buffer, progressive: boolean): Frame | null {
  const components = body[5] ?? 0;
  const bits = body[0] ?? 0;
  if (components === 0 || body.length < 6 + components * 3) return null;
  const height = body.readUInt16BE(1);
  const width = body.readUInt16BE(3);
  const header: ImageHeader = {
    format: "jpeg",
    width,
    height,
    bits,
    channels: components,
    animated: false,
    heldBytes: 0,
  };
  const sampling = Array.from({ length: components }, (_, i) => {
    const factors = body[7 + i * 3] ?? 0;
    return { across: factors >> 4, down: factors & 15 };
  });
  const across = Math.max(1, ...sampling.map((one) => one.across));
  const down = Math.max(1, ...sampling.map((one) => one.down));
  // libjpeg keeps every DCT coefficient (2 bytes) of a picture that comes in several scans.
  const coefficientBytes = sampling.reduce((sum, one) => {
    const blocksAcross = Math.ceil((width * one.across) / across / 8);
    const blocksDown = Math.ceil((height * one.down) / down / 8);
    return sum + blocksAcross * blocksDown * 128;
  }, 0);
  return { header, components, coefficientBytes, progressive };
}

function finish(frame: Frame, componentsInScan: number | undefined): HeaderResult {
  if (componentsInScan === undefined) return CUT;
  const severalScans = frame.progressive || componentsInScan < frame.components;
  return { ok: true, header: { ...frame.header, heldBytes: severalScans ? frame.coefficientBytes : 0 } };
}
