import { accepted, type HostileImage, refusedAs } from "./hostile-image";
import { EOI, frame, SOI, scan, segment, withSegments } from "./jpeg-bytes";
import { noisyJpeg } from "./pictures";
import { blackPng, chunk, deflatedZeros, GREY, png, smallPng } from "./png-bytes";
import { extendedHeader, losslessHeader, lossyHeader, webp } from "./webp-bytes";

const SHORT_DATA = chunk("IDAT", deflatedZeros(1000));
const END = chunk("IEND");

/** Headers that promise more than anyone may ask for. None may cost more than its header. */
export function sizeLies(): HostileImage[] {
  const jpeg = (width: number, height: number) => Buffer.concat([SOI, frame({ width, height }), scan(), EOI]);
  const header = (width: number, height: number, bits = 8) =>
    png({ width, height, bits, colour: GREY }, SHORT_DATA, END);
  const tooMany = "TOO_MANY_PIXELS";
  return [
    refusedAs("png-16383.png", header(16_383, 16_383), tooMany),
    refusedAs("png-20000-1bit.png", header(20_000, 20_000, 1), tooMany),
    refusedAs("png-60000-1bit.png", header(60_000, 60_000, 1), tooMany),
    refusedAs("png-ihdr-2-31.png", header(2 ** 31, 2 ** 31), tooMany),
    refusedAs("png-ihdr-2-31-wide.png", header(2 ** 31, 1), tooMany),
    refusedAs("png-header-only-lie.png", png({ width: 50_000, height: 50_000 }), tooMany),
    refusedAs("webp-16383-lossless.webp", webp([losslessHeader(16_383, 16_383)]), tooMany),
    refusedAs("webp-16383-lossy.webp", webp([lossyHeader(16_383, 16_383)]), tooMany),
    refusedAs("webp-canvas-16-million.webp", webp([extendedHeader(2 ** 24, 2 ** 24)]), tooMany),
    refusedAs("jpeg-65500.jpg", jpeg(65_500, 65_500), tooMany),
    refusedAs("jpeg-65000-wide.jpg", jpeg(65_000, 400), "TOO_LONG"),
    refusedAs("strip-1x30000.png", blackPng({ width: 1, height: 30_000, colour: GREY }), "TOO_LONG"),
    refusedAs("strip-30000x1.png", blackPng({ width: 30_000, height: 1, colour: GREY }), "TOO_LONG"),
    refusedAs("strip-1x201.png", blackPng({ width: 1, height: 201, colour: GREY }), "TOO_LONG"),
    refusedAs("png-zero-wide.png", header(0, 100), "DAMAGED"),
    refusedAs("jpeg-zero-high.jpg", jpeg(100, 0), "DAMAGED"),
  ];
}

/** Honest but heavy, or dishonest in what surrounds the pixels. */
export async function heavyFiles(): Promise<HostileImage[]> {
  const profile = Buffer.concat([Buffer.from("profile\0\0", "latin1"), deflatedZeros(200_000_000)]);
  const note = Buffer.concat([Buffer.from("Comment\0\0", "latin1"), deflatedZeros(200_000_000)]);
  const text = chunk("tEXt", Buffer.from("a\0b", "latin1"));
  const app13 = segment(0xed, Buffer.alloc(65_533, 0x41));
  const interlaced = { width: 10_000, height: 10_000, interlaced: true };
  return [
    accepted("flat-100-megapixels.png", blackPng({ width: 10_000, height: 10_000 })),
    accepted("longest-allowed-strip.png", blackPng({ width: 16_384, height: 82, colour: GREY })),
    accepted("interlaced-100-megapixels.png", blackPng({ ...interlaced, colour: GREY })),
    refusedAs(
      "interlaced-100-megapixels-short.png",
      png(interlaced, SHORT_DATA, END),
      "DAMAGED",
      "TRUNCATED",
    ),
    refusedAs(
      "interlaced-100-megapixels-16bit.png",
      png({ ...interlaced, bits: 16 }, SHORT_DATA, END),
      "TOO_LARGE_TO_DECODE",
    ),
    accepted("icc-bomb-200-mb.png", smallPng(chunk("iCCP", profile))),
    accepted("text-bomb-200-mb.png", smallPng(chunk("zTXt", note))),
    accepted("200000-chunks.png", smallPng(Buffer.concat(Array.from({ length: 200_000 }, () => text)))),
    accepted("app13-10-mb.jpg", withSegments(await noisyJpeg(), ...Array.from({ length: 150 }, () => app13))),
    await manyScans(),
  ];
}

/** The first scan of a progressive picture, which may come once, again and again. */
async function manyScans(): Promise<HostileImage> {
  const jpeg = await noisyJpeg({ width: 2_000, height: 2_000, progressive: true });
  const start = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  let end = start + 2;
  while (jpeg[end] !== 0xff || jpeg[end + 1] === 0) end++;
  const first = jpeg.subarray(start, end);
  const bytes = Buffer.concat([
    jpeg.subarray(0, start),
    ...Array.from({ length: 60 }, () => first),
    jpeg.subarray(end),
  ]);
  return refusedAs("60-scans.jpg", bytes, "DAMAGED", "TRUNCATED", "TOO_LARGE_TO_DECODE");
}
