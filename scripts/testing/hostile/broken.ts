import { sharp } from "@/lib/images/decoder";
import { accepted, type HostileImage, refusedAs } from "./hostile-image";
import { EOI, findMarker, frame, SOI, scan, segment, withSegments } from "./jpeg-bytes";
import { noisyJpeg, picture } from "./pictures";
import { chunk, PALETTE, png, smallPng } from "./png-bytes";
import { webp } from "./webp-bytes";

/** Cut off, or lying about their length. */
export async function cutFiles(): Promise<HostileImage[]> {
  const jpeg = await noisyJpeg();
  const progressive = await noisyJpeg({ progressive: true });
  const wide = await picture().webp({ quality: 90 }).toBuffer();
  const whole = await sharp(jpeg).resize(300).png().toBuffer();
  const cut = (bytes: Buffer, share: number) => bytes.subarray(0, Math.floor(bytes.length * share));
  const liar = Buffer.from(wide);
  liar.writeUInt32LE(0xfffffff0, 4);
  const shares = [0.02, 0.3, 0.5, 0.8, 0.99];
  return [
    refusedAs("empty.jpg", Buffer.alloc(0), "EMPTY_FILE"),
    refusedAs("one-byte.jpg", Buffer.from([0xff]), "UNSUPPORTED_TYPE"),
    refusedAs("magic-only.jpg", Buffer.from([0xff, 0xd8, 0xff]), "TRUNCATED", "DAMAGED"),
    refusedAs("magic-only.png", whole.subarray(0, 8), "TRUNCATED", "DAMAGED"),
    refusedAs("magic-only.webp", wide.subarray(0, 12), "TRUNCATED", "DAMAGED"),
    ...shares.map((share) => refusedAs(`cut-${share}.jpg`, cut(jpeg, share), "TRUNCATED")),
    ...shares.map((share) => refusedAs(`cut-${share}-progressive.jpg`, cut(progressive, share), "TRUNCATED")),
    ...shares.map((share) => refusedAs(`cut-${share}.webp`, cut(wide, share), "TRUNCATED")),
    ...shares.map((share) => refusedAs(`cut-${share}.png`, cut(whole, share), "TRUNCATED")),
    refusedAs("cut-and-closed.jpg", Buffer.concat([cut(jpeg, 0.4), EOI]), "TRUNCATED", "DAMAGED"),
    refusedAs(
      "cut-almost-at-end-and-closed.jpg",
      Buffer.concat([cut(jpeg, 0.97), EOI]),
      "TRUNCATED",
      "DAMAGED",
    ),
    refusedAs("riff-size-too-large.webp", liar, "TRUNCATED", "DAMAGED"),
    refusedAs("riff-of-nothing.webp", webp([]), "TRUNCATED", "DAMAGED"),
    refusedAs("riff-size-zero.webp", webp([wide.subarray(12)], 0), "DAMAGED", "TRUNCATED"),
  ];
}

/** Whole in length, wrong inside. */
export async function damagedFiles(): Promise<HostileImage[]> {
  const jpeg = await noisyJpeg();
  const whole = smallPng();
  const flipped = Buffer.from(whole);
  const pixels = whole.indexOf("IDAT") + 60;
  flipped[pixels] = (flipped[pixels] ?? 0) ^ 0xff;
  const sof = findMarker(jpeg, 0xc0);
  const odd = (facts: Parameters<typeof frame>[0]) =>
    Buffer.concat([SOI, frame(facts), scan(facts.components), EOI]);
  const size = { width: 64, height: 64 };
  return [
    refusedAs("bad-checksum.png", flipped, "DAMAGED"),
    refusedAs("palette-without-colours.png", png({ ...size, colour: PALETTE }, chunk("IEND")), "DAMAGED"),
    refusedAs("no-pixels.png", png(size, chunk("IEND")), "DAMAGED"),
    refusedAs(
      "bits-of-16-in-palette.png",
      png({ ...size, bits: 16, colour: PALETTE }, chunk("IEND")),
      "DAMAGED",
    ),
    refusedAs("colour-type-5.png", png({ ...size, colour: 5 }, chunk("IEND")), "DAMAGED"),
    refusedAs("no-frame.jpg", Buffer.concat([SOI, scan(), EOI]), "DAMAGED"),
    refusedAs("no-tables.jpg", odd(size), "DAMAGED", "TRUNCATED"),
    refusedAs("two-channels.jpg", odd({ ...size, components: 2 }), "UNSUPPORTED_CHANNELS"),
    refusedAs("five-channels.jpg", odd({ ...size, components: 5 }), "UNSUPPORTED_CHANNELS"),
    refusedAs("12-bits.jpg", odd({ ...size, marker: 0xc1, bits: 12 }), "UNSUPPORTED_CHANNELS"),
    refusedAs("lossless.jpg", odd({ ...size, marker: 0xc3 }), "UNSUPPORTED_TYPE"),
    refusedAs("frame-cut.jpg", jpeg.subarray(0, sof + 6), "TRUNCATED"),
    accepted(
      "rubbish-between-segments.jpg",
      withSegments(jpeg, segment(0xfe, Buffer.alloc(4)), Buffer.alloc(300, 0x11)),
      ["REPAIRED"],
    ),
    accepted(
      "orientation-9.jpg",
      await picture().withMetadata({ orientation: 1 }).jpeg().toBuffer().then(orientationNine),
    ),
    accepted(
      "exif-rubbish.jpg",
      withSegments(jpeg, segment(0xe1, Buffer.from("Exif\0\0MM\0*\xff\xff\xff\xff", "latin1"))),
    ),
  ];
}

/** Sets the value of the orientation tag (0x0112, SHORT, 1) to 9, which means nothing. */
function orientationNine(jpeg: Buffer): Buffer {
  const out = Buffer.from(jpeg);
  for (const [tag, offset] of [
    ["\x01\x12\0\x03\0\0\0\x01\0", 9],
    ["\x12\x01\x03\0\x01\0\0\0", 8],
  ] as const) {
    const at = out.indexOf(Buffer.from(tag, "latin1"));
    if (at !== -1) out[at + offset] = 9;
  }
  return out;
}
