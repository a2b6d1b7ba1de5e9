import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heavyFiles, sizeLies } from "@/scripts/testing/hostile/bombs";
import { cutFiles, damagedFiles } from "@/scripts/testing/hostile/broken";
import { orientedFiles } from "@/scripts/testing/hostile/kinds";
import { HEIGHT, WIDTH } from "@/scripts/testing/hostile/pictures";
import { memorySource } from "../byte-source";
import { inspect } from "../inspect";
import { foundType, sniffImage } from "../sniff";
import { endsEarly } from "../structure";
import { IMAGE_FORMATS } from "../types";
import { readHeader } from "./read-header";

const MAGIC = { jpeg: "ffd8ff", png: "89504e470d0a1a0a0000000d49484452", webp: "524946460000000057454250" };

describe("readHeader", () => {
  it("never throws on random bytes behind a good signature", () => {
    fc.assert(
      fc.property(fc.constantFrom(...IMAGE_FORMATS), fc.uint8Array({ maxLength: 400 }), (format, tail) => {
        const source = memorySource(Buffer.concat([Buffer.from(MAGIC[format], "hex"), tail]));
        readHeader(source, format);
        inspect(source);
        endsEarly(source, format);
        foundType(Buffer.from(tail));
      }),
      { numRuns: 5_000 },
    );
  });

  it("never throws on good files with flipped and cut bytes", async () => {
    const files = [...sizeLies(), ...(await orientedFiles()), ...(await damagedFiles())].map(
      ({ bytes }) => bytes,
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 6 }),
        fc.nat(400),
        (file, flips, cut) => {
          const bytes = Buffer.from(file.subarray(0, Math.max(0, file.length - cut)));
          for (const [at, value] of flips) if (at < bytes.length) bytes[at] = value;
          const format = sniffImage(bytes);
          inspect(memorySource(bytes));
          if (format) endsEarly(memorySource(bytes), format);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("tells the stored sides of every format", async () => {
    for (const { name, bytes } of await orientedFiles()) {
      const turned = /orientation-[5678]/.test(name);
      const inspected = inspect(memorySource(bytes));
      expect(
        inspected.ok && { width: inspected.header.width, height: inspected.header.height },
        name,
      ).toEqual(turned ? { width: HEIGHT, height: WIDTH } : { width: WIDTH, height: HEIGHT });
    }
  });
});

describe("inspect", () => {
  it("refuses every lie about size from the header alone", () => {
    for (const { name, bytes, expect: expected } of sizeLies()) {
      const inspected = inspect(memorySource(bytes));
      expect(inspected.ok, name).toBe(false);
      if (!inspected.ok && !expected.ok) expect(expected.codes, name).toContain(inspected.refusal.code);
    }
  });

  it("reads a small part of a heavy file", async () => {
    for (const { name, bytes } of [...(await heavyFiles()), ...(await cutFiles())]) {
      const memory = memorySource(bytes);
      let read = 0;
      inspect({
        size: memory.size,
        read(offset, length) {
          const part = memory.read(offset, length);
          read += part.length;
          return part;
        },
      });
      expect(read, name).toBeLessThan(2_000_000);
    }
  });

  it("refuses more than 50 MB without reading a byte", () => {
    const source = { size: 50_000_001, read: () => expect.unreachable("nothing is read") };
    expect(inspect(source)).toEqual({
      ok: false,
      refusal: { code: "TOO_LARGE", facts: { bytes: 50_000_001, limit: 50_000_000 } },
    });
  });
});
