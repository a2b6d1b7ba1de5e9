import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sharp } from "@/lib/images/decoder";
import { cheapPng } from "./cheap-png";
import { numberedPicture, readNumber } from "./numbered-picture";
import { paint } from "./paint";
import { readTrace, sha256, type Trace } from "./trace";

const hash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("hex"));
const traces: fc.Arbitrary<Trace> = fc.record({
  input: fc.option(hash),
  prompt: hash,
  call: fc.integer({ min: 1, max: 0xffffffff }),
  index: fc.integer({ min: 0, max: 9 }),
  source: fc.option(fc.integer({ min: 0, max: 0xfffffffe })),
});
const edge = fc.integer({ min: 33, max: 700 });

describe("a trace", () => {
  it("is read back from any size a picture can have, as PNG, JPEG and WebP", async () => {
    await fc.assert(
      fc.asyncProperty(traces, edge, edge, async (trace, width, height) => {
        const painting = {
          size: { width, height },
          compression: 100,
          transparent: false,
          source: null,
          repaint: null,
          trace,
        };
        expect(await readTrace(await paint({ ...painting, format: "png" }))).toEqual(trace);
        if (Math.min(width, height) < 480) return;
        expect(await readTrace(await paint({ ...painting, format: "jpeg" }))).toEqual(trace);
        expect(await readTrace(await paint({ ...painting, format: "webp" }))).toEqual(trace);
      }),
      { numRuns: 60 },
    );
  });

  it("is read back from a cheap PNG, which any decoder takes", async () => {
    await fc.assert(
      fc.asyncProperty(traces, edge, edge, async (trace, width, height) => {
        const picture = cheapPng({ width, height }, trace);
        const { info } = await sharp(picture, { failOn: "warning" })
          .raw()
          .toBuffer({ resolveWithObject: true });
        expect(info).toMatchObject({ width, height, channels: 3 });
        expect(await readTrace(picture)).toEqual(trace);
      }),
      { numRuns: 60 },
    );
  });

  it("is not seen in a picture without one", async () => {
    expect(await readTrace(await numberedPicture(3))).toBeNull();
    expect(
      await readTrace(
        await sharp({ create: { width: 4, height: 4, channels: 3, background: "red" } })
          .png()
          .toBuffer(),
      ),
    ).toBeNull();
  });

  it("leaves the pixels outside of the mask as they were", async () => {
    const source = await sharp({ create: { width: 600, height: 600, channels: 3, background: "#808080" } })
      .png()
      .toBuffer();
    const right = await sharp({ create: { width: 300, height: 600, channels: 3, background: "white" } })
      .png()
      .toBuffer();
    const repaint = await sharp({ create: { width: 600, height: 600, channels: 3, background: "black" } })
      .composite([{ input: right, left: 300, top: 0 }])
      .png()
      .toBuffer();
    const trace = { input: null, prompt: sha256("x"), call: 1, index: 0, source: null };
    const size = { width: 600, height: 600 };
    const picture = await paint({
      size,
      format: "png",
      compression: 100,
      transparent: false,
      source,
      repaint,
      trace,
    });
    const pixels = await sharp(picture).raw().toBuffer();
    const at = (x: number, y: number) => [...pixels.subarray((y * 600 + x) * 3, (y * 600 + x) * 3 + 3)];
    expect(at(100, 500)).toEqual([128, 128, 128]);
    expect(at(500, 500)).not.toEqual([128, 128, 128]);
  });
});

describe("a numbered picture", () => {
  it("keeps its number through scaling and another encoder", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 0xffffffff }), async (number) => {
        const picture = await numberedPicture(number);
        const sent = await sharp(picture).resize(150).webp({ quality: 60 }).toBuffer();
        expect(await readNumber(sent)).toBe(number);
      }),
      { numRuns: 40 },
    );
  });
});
