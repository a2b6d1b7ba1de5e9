import { describe, expect, it } from "vitest";
import { inputImageTokens, outputTokens } from "./tokens";

// Published readings: 2 low, medium, high; 2.5 low, medium, high, xhigh, max.
const READINGS = [
  [1024, 1024, 196, 1756, 7024, 196, 439, 1756, 3122, 7024],
  [1024, 1536, 158, 1372, 5488, 158, 343, 1372, 2459, 5488],
  [1536, 864, 120, 1078, 4312, 120, 280, 1078, 1917, 4312],
  [1920, 1088, 148, 1325, 5300, 148, 344, 1325, 2356, 5300],
  [2048, 1152, 157, 1413, 5650, 157, 367, 1413, 2511, 5650],
  [2560, 1440, 205, 1843, 7370, 205, 478, 1843, 3276, 7370],
  [2048, 2048, 397, 3568, 14272, 397, 892, 3568, 6343, 14272],
  [3840, 2160, 371, 3336, 13342, 371, 865, 3336, 5930, 13342],
] as const;

describe("tokens", () => {
  it.each(READINGS)("of an answer of %i x %i are those of the price list", (width, height, ...readings) => {
    const old = ["low", "medium", "high"].map((quality) =>
      outputTokens({ family: "2", quality, width, height }),
    );
    const current = ["low", "medium", "high", "xhigh", "max"].map((quality) =>
      outputTokens({ family: "2.5", quality, width, height }),
    );
    expect([...old, ...current]).toEqual(readings);
  });

  it.each([
    [1024, 1024, 1024],
    [1536, 1024, 1536],
    [341, 512, 704],
    [1179, 2556, 1482],
    [4000, 3000, 1452],
  ])("of an input of %i x %i are those bills have shown", (width, height, tokens) => {
    expect(inputImageTokens({ width, height })).toBe(tokens);
  });
});
