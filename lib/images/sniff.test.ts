import { describe, expect, it } from "vitest";
import { disguisedFiles, FOUND } from "@/scripts/testing/hostile/disguised";
import { foundType, sniffImage } from "./sniff";

describe("sniffImage", () => {
  it.each([
    ["jpeg", "\xff\xd8\xff\xe0"],
    ["png", "\x89PNG\r\n\x1a\n"],
    ["webp", "RIFF\0\0\0\0WEBP"],
    [null, "\xff\xd8\0\xff"],
    [null, "\x89PNG\n\x1a\n"],
    [null, "RIFF\0\0\0\0WAVE"],
    [null, ""],
  ])("%s is told from %j", (format, bytes) => {
    expect(sniffImage(Buffer.from(bytes, "latin1"))).toBe(format);
  });
});

describe("foundType", () => {
  it("names every disguised file", async () => {
    const names = (await disguisedFiles()).map(({ name, bytes }) => [name, foundType(bytes)]);
    expect(Object.fromEntries(names)).toEqual(FOUND);
  });
});
