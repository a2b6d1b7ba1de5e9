import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { damagedFiles } from "@/scripts/testing/hostile/broken";
import type { HostileImage } from "@/scripts/testing/hostile/hostile-image";
import { kindFiles, orientedFiles } from "@/scripts/testing/hostile/kinds";
import { HEIGHT, noisyJpeg, picture, quarters, WIDTH } from "@/scripts/testing/hostile/pictures";
import { sharp } from "./decoder";
import { sha256OfFile } from "./fingerprints";
import { probeImage } from "./probe";
import type { ProbedImage } from "./types";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "probe-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a picture that passes", () => {
  it("comes out upright from all eight orientations and three formats", async () => {
    const truth = await accept({ name: "truth.png", bytes: await picture().png().toBuffer() });
    for (const file of await orientedFiles()) {
      const image = await accept(file);
      expect([image.width, image.height], file.name).toEqual([WIDTH, HEIGHT]);
      expect(await distance(image, quarters()), file.name).toBeLessThan(4);
      expect(bitsApart(image.phash, truth.phash), file.name).toBeLessThanOrEqual(3);
    }
  });

  it("keeps its colours whatever they are stored as", async () => {
    const same = [
      "plain.jpg",
      "progressive.jpg",
      "16-bit.png",
      "palette.png",
      "interlaced.png",
      "display-p3.jpg",
      "ultra-hdr.jpg",
    ];
    const files = await kindFiles();
    for (const name of [
      ...same,
      "display-p3.png",
      "lossless.webp",
      "animated.webp",
      "named-jpg-but-png.jpg",
    ]) {
      expect(await distance(await accept(pick(files, name)), quarters()), name).toBeLessThan(5);
    }
    // The default press profile cannot hold every screen colour.
    for (const name of ["cmyk.jpg", "cmyk-icc.jpg"]) {
      expect(await distance(await accept(pick(files, name)), quarters()), name).toBeLessThan(20);
    }
    expect((await sharp(pick(files, "cmyk-icc.jpg").bytes).metadata()).icc?.length).toBeGreaterThan(1_000);
  });

  it("keeps an Ultra HDR photo byte for byte: the picture of its gain map is not taken for it", async () => {
    const file = pick(await kindFiles(), "ultra-hdr.jpg");
    const image = await accept(file);
    expect([image.width, image.height, image.notices]).toEqual([WIDTH, HEIGHT, []]);
    expect((await readFile(image.keep)).equals(file.bytes)).toBe(true);
    // The second picture is where MPF says, and whole.
    const tiff = file.bytes.indexOf("MPF\0") + 4;
    const second = tiff + file.bytes.readUInt32LE(tiff + 50 + 16 + 8);
    expect((await sharp(file.bytes.subarray(second)).metadata()).width).toBe(WIDTH / 4);
  });

  it("has alpha where the file can be transparent", async () => {
    const files = await kindFiles();
    const alpha = async (name: string) => (await accept(pick(files, name))).alpha;
    for (const name of ["alpha.png", "alpha.webp", "palette-alpha.png", "grey-alpha.png"]) {
      expect(await alpha(name), name).toBe(true);
    }
    for (const name of ["plain.jpg", "grey.png", "palette.png", "16-bit.png", "lossless.webp"]) {
      expect(await alpha(name), name).toBe(false);
    }
  });

  it("has its format from its bytes and the hash of its bytes", async () => {
    const file = pick(await kindFiles(), "named-jpg-but-png.jpg");
    const image = await accept(file);
    expect(image).toMatchObject({ format: "png", bytes: file.bytes.length, keep: join(folder, file.name) });
    expect(image.sha256).toBe(await sha256OfFile(image.keep));
  });

  it("gets thumbnails without metadata, the longest side as asked", async () => {
    const bytes = await sharp(await noisyJpeg({ width: 1800, height: 1200 }))
      .withExif({ IFD0: { Copyright: "someone" }, IFD3: { GPSLatitude: "47/1 0/1 0/1" } })
      .withIccProfile("p3")
      .toBuffer();
    const image = await accept({ name: "with-gps.jpg", bytes });
    const facts = await Promise.all(image.thumbs.map(({ path }) => sharp(path).metadata()));
    expect(facts.map(({ format, width, height }) => ({ format, width, height }))).toEqual([
      { format: "webp", width: 256, height: 171 },
      { format: "webp", width: 480, height: 320 },
      { format: "webp", width: 1280, height: 853 },
    ]);
    for (const { exif, icc, xmp } of facts)
      expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined]);
  });
});

describe("a file with faults", () => {
  it("is kept as a new encoding when every pixel could be read", async () => {
    const file = pick(await damagedFiles(), "rubbish-between-segments.jpg");
    const image = await accept(file);
    expect(image.notices).toEqual(["REPAIRED"]);
    expect(image.keep).toBe(join(folder, `${file.name}-work`, "repaired.jpeg"));
    expect(image.bytes).toBe((await readFile(image.keep)).length);
    expect(image.sha256).toBe(await sha256OfFile(image.keep));
    await sharp(image.keep, { failOn: "warning" }).raw().toBuffer();
  });

  it("is never accepted when cut, wherever the cut is, closed by an end marker or not", async () => {
    const size = { width: 500, height: 400 };
    const jpeg = await noisyJpeg(size);
    const files = {
      "cut.jpg": jpeg,
      "cut-progressive.jpg": await noisyJpeg({ ...size, progressive: true }),
      "cut.png": await sharp(jpeg).png().toBuffer(),
      "cut.webp": await sharp(jpeg).webp().toBuffer(),
    };
    for (const [name, bytes] of Object.entries(files)) {
      // The last 20 bytes of a PNG are its end chunk and a checksum: every pixel is there without them.
      for (let at = 30; at < bytes.length - 20; at += Math.ceil(bytes.length / 40)) {
        const result = await probe({ name, bytes: bytes.subarray(0, at) });
        expect(!result.ok && result.refusal.code, `${name} at ${at} of ${bytes.length}`).toBe("TRUNCATED");
      }
    }
    const scan = jpeg.indexOf(Buffer.from([0xff, 0xda])) + 20;
    for (let at = scan; at < jpeg.length - 100; at += Math.ceil(jpeg.length / 40)) {
      const bytes = Buffer.concat([jpeg.subarray(0, at), Buffer.from([0xff, 0xd9])]);
      expect((await probe({ name: "closed.jpg", bytes })).ok, `closed at ${at} of ${jpeg.length}`).toBe(
        false,
      );
    }
  });
});

function probe({ name, bytes }: Pick<HostileImage, "name" | "bytes">) {
  const path = join(folder, name);
  return writeFile(path, bytes).then(() => probeImage(path, `${path}-work`));
}

async function accept(file: Pick<HostileImage, "name" | "bytes">): Promise<ProbedImage> {
  const result = await probe(file);
  if (!result.ok) throw new Error(`${file.name} was refused: ${result.refusal.code}`);
  return result.image;
}

function pick(files: HostileImage[], name: string): HostileImage {
  const file = files.find((one) => one.name === name);
  if (!file) throw new Error(`no ${name} in the set`);
  return file;
}

/** Mean difference of the 256 px thumbnail from the truth, in steps of 8 bits. */
async function distance(image: ProbedImage, truth: Buffer): Promise<number> {
  const [thumb] = image.thumbs;
  if (!thumb) throw new Error("no thumbnail");
  const seen = await sharp(thumb.path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = seen.info;
  const wanted = await sharp(truth, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .resize(width, height, { fit: "fill" })
    .raw()
    .toBuffer();
  return seen.data.reduce((sum, value, i) => sum + Math.abs(value - (wanted[i] ?? 0)), 0) / wanted.length;
}

function bitsApart(a: string, b: string): number {
  return [...(BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2)].filter((bit) => bit === "1").length;
}
