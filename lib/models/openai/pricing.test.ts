import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_PROVIDER } from "@/lib/sessions/constants";
import type { ProviderSettings } from "@/lib/sessions/types";
import { outputTokens as providersCount } from "@/scripts/testing/fake-provider/tokens";
import { callsOnlyEnv } from "@/scripts/testing/provider-calls";
import { catalogueFor } from "./catalogue";
import { costOf, priceRange } from "./pricing";
import { isLegal, parseSize } from "./sizes";
import { gridTokens, inputTokens } from "./tokens";

beforeAll(() => callsOnlyEnv());

// Readings of the provider's calculator and of real usage: low/medium/high of 2, low to max of 2.5.
const READINGS: [string, string, string][] = [
  ["1024x1024", "196/1756/7024", "196/439/1756/3122/7024"],
  ["1024x1536", "158/1372/5488", "158/343/1372/2459/5488"],
  ["1536x1024", "158/1372/5488", "158/343/1372/2459/5488"],
  ["1536x864", "120/1078/4312", "120/280/1078/1917/4312"],
  ["1920x1088", "148/1325/5300", "148/344/1325/2356/5300"],
  ["2048x1152", "157/1413/5650", "157/367/1413/2511/5650"],
  ["2560x1440", "205/1843/7370", "205/478/1843/3276/7370"],
  ["2048x2048", "397/3568/14272", "397/892/3568/6343/14272"],
  ["3840x2160", "371/3336/13342", "371/865/3336/5930/13342"],
];

describe("output tokens", () => {
  test.each(READINGS)("%s reads %s on gpt-image-2 and %s on 2.5", (text, of2, of25) => {
    const size = parseSize(text);
    const reading = (bases: number[]) => bases.map((base) => gridTokens(base, size)).join("/");
    expect(reading([16, 48, 96])).toBe(of2);
    expect(reading([16, 24, 48, 64, 96])).toBe(of25);
  });
});

describe("input tokens", () => {
  test.each([
    [1024, 1024, 1024],
    [1536, 1024, 1536],
    [341, 512, 704],
    [1179, 2556, 1482],
    [4000, 3000, 1452],
    [3840, 2160, 1508],
  ])("%i x %i is %i", (width, height, tokens) => {
    expect(inputTokens("patches", { width, height })).toBe(tokens);
  });

  test("no picture takes more than 1,536", () => {
    const side = fc.integer({ min: 16, max: 16_384 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        fc.pre(Math.max(width, height) <= 200 * Math.min(width, height));
        expect(inputTokens("patches", { width, height })).toBeLessThanOrEqual(1536);
      }),
    );
  });
});

const request = (provider: Partial<ProviderSettings>, promptChars = 0) => ({
  provider: { ...DEFAULT_PROVIDER, ...provider },
  promptChars,
  inputs: [],
});

describe("price of an image", () => {
  const flare = () => catalogueFor("openai", "gpt-image-2.5-flare");

  test.each([
    ["low", "1024x1024", 5_900],
    ["medium", "1024x1024", 13_200],
    ["high", "1536x1024", 41_200],
    ["xhigh", "2048x1152", 75_300],
    ["max", "3840x2160", 400_300],
  ] as const)("%s at %s is about %i micro-dollars, known exactly", (quality, size, published) => {
    const { min, max } = priceRange(flare(), request({ quality, size }));
    expect(min).toBe(max);
    // The published table leaves the prompt out and is rounded to a hundredth of a cent.
    expect(Math.abs(max - 20 * 5 - published)).toBeLessThanOrEqual(60);
  });

  test("one photo at medium quality is 2.2 cents, as the provider's own example says", () => {
    const inputs = [{ width: 4000, height: 3000 }];
    const { max } = priceRange(flare(), { ...request({ quality: "medium", size: "1024x1024" }, 40), inputs });
    expect(max / 10_000).toBeCloseTo(2.5, 0);
  });

  test("drafts of 2.6 are a range up to four times those of 2.5; its high quality is known", () => {
    const of26 = catalogueFor("openai", "gpt-image-2.6-flare");
    const size = "1024x1024";
    expect(priceRange(of26, request({ quality: "low", size }))).toEqual({ min: 5_980, max: 23_620 });
    expect(priceRange(of26, request({ quality: "medium", size })).max).toBe(100 + 1756 * 30);
    const high = priceRange(of26, request({ quality: "high", size }));
    expect(high).toEqual(priceRange(flare(), request({ quality: "high", size })));
  });

  test("a mask may count as a picture", () => {
    const masked = { ...request({ quality: "low" }), inputs: [{ width: 1024, height: 1024 }], masked: true };
    const { min, max } = priceRange(flare(), masked);
    expect(max - min).toBe(1024 * 8);
  });

  test("a server of one's own costs nothing", () => {
    expect(priceRange(catalogueFor("sd-server", "any"), request({}))).toEqual({ min: 0, max: 0 });
  });

  /** Whatever size and quality the provider picks, and whichever family an unknown model turns out to be of. */
  test("the upper end is never below what may be charged", () => {
    const known = ["gpt-image-2.5-flare", "gpt-image-2.6-flare", "gpt-image-2", "gpt-image-9"] as const;
    const families = {
      "gpt-image-2.5-flare": ["2.5"],
      "gpt-image-2.6-flare": ["2.6"],
      "gpt-image-2": ["2"],
      "gpt-image-9": ["2", "2.5", "2.6"],
    } as const;
    const side = fc.integer({ min: 1, max: 240 }).map((rows) => rows * 16);
    const quality = fc.constantFrom("auto", "low", "medium", "high", "xhigh", "max" as const);
    fc.assert(
      fc.property(
        fc.constantFrom(...known),
        quality,
        side,
        side,
        fc.boolean(),
        (id, asked, width, height, auto) => {
          const facts = catalogueFor("openai", id);
          const { sizes } = facts.capabilities;
          fc.pre(sizes.kind === "free" && isLegal(sizes, { width, height }));
          const size = auto ? "auto" : `${width}x${height}`;
          const { max } = priceRange(facts, request({ quality: asked, size }));
          for (const family of families[id]) {
            for (const used of asked === "auto" ? ["low", "medium", "high", "xhigh", "max"] : [asked]) {
              const tokens = providersCount({ family, quality: used, width, height });
              expect(max).toBeGreaterThanOrEqual(tokens * 30);
            }
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("cost of an answer", () => {
  const facts = { rates: { textIn: 5, imageIn: 8, imageOut: 30 } };
  test("text, pictures and result each at their own rate", () => {
    const usage = { input_tokens: 1560, input_text_tokens: 24, input_image_tokens: 1536, output_tokens: 343 };
    expect(costOf(facts, usage)).toBe(24 * 5 + 1536 * 8 + 343 * 30);
  });
  test("input that is not told apart counts as pictures", () => {
    expect(costOf(facts, { input_tokens: 100, output_tokens: 10 })).toBe(100 * 8 + 10 * 30);
  });
});
