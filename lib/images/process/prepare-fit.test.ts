import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sharp } from "../decoder";
import { fitImage, prepareImage } from "./prepare-fit";

async function stored(bytes: Buffer): Promise<{ path: string; to: string }> {
  const folder = await mkdtemp(join(tmpdir(), "prepare-"));
  await writeFile(join(folder, "in"), bytes);
  return { path: join(folder, "in"), to: join(folder, "out") };
}

/** Left half red, right half blue, as stored. */
function redAndBlue(width: number, height: number): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) data[i * 3 + (i % width < width / 2 ? 0 : 2)] = 255;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

async function colourAt(path: string, left: number, top: number): Promise<string> {
  const pixel = sharp(path).extract({ left, top, width: 1, height: 1 });
  const [r = 0, , b = 0] = await pixel.removeAlpha().raw().toBuffer();
  return r > b ? "red" : "blue";
}

// Where the stored left half lies once the picture is upright (EXIF orientation 1 to 8).
test.each([
  [1, "left"],
  [2, "right"],
  [3, "right"],
  [4, "left"],
  [5, "top"],
  [6, "top"],
  [7, "bottom"],
  [8, "bottom"],
] as const)(
  "orientation %i: the stored left half is at the %s, and nothing of the camera is left",
  async (orientation, side) => {
    const photo = await sharp(await redAndBlue(300, 200))
      .jpeg({ quality: 95 })
      .withMetadata({ orientation })
      .withExif({ IFD0: { Model: "Camera", Artist: "Somebody" }, IFD3: { GPSLatitudeRef: "N" } })
      .toBuffer();
    const { path, to } = await stored(photo);
    const size = await prepareImage({ path, to, maxEdge: 150, format: "jpeg" });
    const upright = orientation >= 5 ? { width: 100, height: 150 } : { width: 150, height: 100 };
    expect(size).toMatchObject(upright);
    const metadata = await sharp(to).metadata();
    expect(metadata).toMatchObject({ format: "jpeg", ...upright });
    expect([metadata.exif, metadata.icc, metadata.xmp, metadata.orientation]).toEqual(
      Array(4).fill(undefined),
    );
    const places = { left: [5, 50], right: [145, 50], top: [50, 5], bottom: [50, 145] } as const;
    const [x, y] = places[side];
    expect(await colourAt(to, Math.min(x, upright.width - 5), Math.min(y, upright.height - 5))).toBe("red");
  },
);

test("pictures never grow, and keep their transparency as PNG", async () => {
  const clear = { r: 10, g: 20, b: 30, alpha: 0.25 };
  const { path, to } = await stored(
    await sharp({ create: { width: 40, height: 20, channels: 4, background: clear } })
      .webp({ lossless: true })
      .toBuffer(),
  );
  expect(await prepareImage({ path, to, maxEdge: 2048, format: "png" })).toMatchObject({
    width: 40,
    height: 20,
  });
  expect([...(await sharp(to).raw().toBuffer()).subarray(0, 4)]).toEqual([10, 20, 30, 64]);
});

/** Clear on the left, half clear in the middle, opaque on the right: three pixels. */
const strip = Buffer.from([9, 9, 9, 0, 9, 9, 9, 127, 9, 9, 9, 255]);
const blackAndWhite = Buffer.from([255, 255, 255, 128, 128, 128, 0, 0, 0]);

function withOpaqueAlpha(rgb: Buffer): Buffer {
  return Buffer.from([...rgb].flatMap((byte, at) => (at % 3 === 2 ? [byte, 255] : [byte])));
}

async function maskOf(raw: Buffer, channels: 3 | 4, ink: "clear" | "white") {
  const { path, to } = await stored(
    await sharp(raw, { raw: { width: 3, height: 1, channels } })
      .png()
      .toBuffer(),
  );
  const mask = { width: 3, height: 1, ink, maxBytes: 4_000_000 };
  await prepareImage({ path, to, maxEdge: 2048, format: "png", mask });
  return to;
}

test.each([
  ["transparency", strip, 4],
  ["light", blackAndWhite, 3],
  ["light, in a file whose transparency says nothing", withOpaqueAlpha(blackAndWhite), 4],
] as const)("a mask drawn with %s is clear or white where the work happens", async (_, raw, channels) => {
  const clear = await sharp(await maskOf(raw, channels, "clear"))
    .extractChannel("alpha")
    .raw()
    .toBuffer();
  expect([...clear]).toEqual([0, 127, 255]);
  const path = await maskOf(raw, channels, "white");
  expect(await sharp(path).metadata()).toMatchObject({ channels: 1, hasAlpha: false, space: "b-w" });
  expect([...(await sharp(path).extractChannel(0).raw().toBuffer())]).toEqual([255, 128, 0]);
});

test("a mask takes its picture's size, and loses soft edges rather than grow beyond what is allowed", async () => {
  const noise = Buffer.alloc(200 * 200 * 4);
  // A fixed sequence (xorshift) without a pattern: nothing compresses it.
  for (let i = 0, state = 1; i < noise.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    noise[i] = state;
  }
  const { path, to } = await stored(
    await sharp(noise, { raw: { width: 200, height: 200, channels: 4 } })
      .png()
      .toBuffer(),
  );
  const mask = { width: 200, height: 200, ink: "clear", maxBytes: 20_000 } as const;
  const { bytes } = await prepareImage({ path, to, maxEdge: 2048, format: "png", mask });
  expect(bytes).toBeLessThan(20_000);
  const values = new Set(await sharp(to).extractChannel("alpha").raw().toBuffer());
  expect([...values].sort()).toEqual([0, 255]);
  const half = { ...mask, width: 100, height: 50 };
  expect(await prepareImage({ path, to, maxEdge: 2048, format: "png", mask: half })).toMatchObject({
    width: 100,
    height: 50,
  });
});

test("a result is brought to size and format", async () => {
  const { path, to } = await stored(await redAndBlue(300, 200));
  const size = { mode: "exact", width: 100, height: 100, pad: "#ff0000" } as const;
  expect(await fitImage({ path, to, output: { format: "webp", quality: 90, size } })).toEqual({
    width: 100,
    height: 100,
  });
  expect(await sharp(to).metadata()).toMatchObject({ format: "webp", width: 100, height: 100 });
  expect(await colourAt(to, 95, 3)).toBe("red");
  expect(await colourAt(to, 95, 50)).toBe("blue");
});
