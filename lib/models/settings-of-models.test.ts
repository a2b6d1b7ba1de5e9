import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_PROVIDER, DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import type { SessionSettings } from "@/lib/sessions/types";
import { nearestSize, sizeTrouble } from "./check-size";
import { fitSettings } from "./fit-settings";
import { lacksWords } from "./lacks-words";
import type { Capabilities } from "./types";

// The rule OpenAI documents for custom sizes (PNG edges to 3840, 0.66 to 8.29 megapixels, 1:3 to 3:1).
const rule = {
  kind: "free",
  presets: ["1024x1024"],
  multiple: 16,
  maxEdge: 3840,
  maxRatio: 3,
  minPixels: 655_360,
  maxPixels: 8_294_400,
} as const;

const rich: Capabilities = {
  edits: true,
  textToImage: true,
  seed: false,
  negativePrompt: false,
  steps: false,
  mask: true,
  maxPromptChars: 32_000,
  maxInputs: 16,
  paid: true,
  qualities: ["auto", "low", "medium", "high", "xhigh", "max"],
  sizes: rule,
  backgrounds: ["auto", "opaque", "transparent"],
  moderation: true,
  complexity: true,
  formats: ["png", "jpeg", "webp"],
  economy: true,
};
const plain: Capabilities = {
  ...rich,
  seed: true,
  negativePrompt: true,
  steps: true,
  qualities: [],
  sizes: { kind: "presets", presets: ["512x512", "1024x1024"] },
  backgrounds: [],
  moderation: false,
  complexity: false,
  formats: ["png"],
  economy: false,
};

test.each([
  [1024, 1024, null],
  [3840, 2160, null],
  [1280, 512, null],
  [3856, 2160, "The longer side may have 3,840 pixels at most."],
  [3200, 1000, "One side may be 3 times the other at most."],
  [800, 800, "That is 0.64 megapixels; 0.66 megapixels is the least."],
  [3840, 3840, "That is 14.75 megapixels; 8.29 megapixels is the most."],
  [1000, 1000, "Both sides must be multiples of 16."],
])("%i x %i", (width, height, words) => {
  expect(sizeTrouble(rule, { width, height })).toBe(words);
});

test.each([
  [1000, 1000, 1008, 1008],
  [1920, 1080, 1920, 1088],
  [100, 100, 816, 816],
  [9000, 1000, 3840, 1280],
])("%i x %i becomes %i x %i", (width, height, w, h) => {
  expect(nearestSize(rule, { width, height })).toEqual({ width: w, height: h });
});

test("the nearest size always fits", () => {
  const edge = fc.integer({ min: 10, max: 99_999 });
  fc.assert(
    fc.property(edge, edge, (width, height) => {
      expect(sizeTrouble(rule, nearestSize(rule, { width, height }))).toBeNull();
    }),
  );
});

describe("settings entered for one model", () => {
  const entered: SessionSettings = {
    ...DEFAULT_SETTINGS,
    provider: {
      quality: "max",
      size: "1536x864",
      background: "transparent",
      moderation: "low",
      complexity: "high",
      seed: 7,
      negativePrompt: "text",
      steps: 30,
    },
    output: { format: "webp", quality: 80, size: { mode: "long-edge", pixels: 900 } },
  };

  test("stay with a model that takes them, but for what it lacks", () => {
    const { provider, output } = fitSettings(entered, rich);
    expect(provider).toEqual({ ...entered.provider, seed: null, negativePrompt: "", steps: null });
    expect(output).toEqual(entered.output);
  });

  test("fall back where another model lacks them", () => {
    const { provider } = fitSettings(entered, plain);
    expect(provider).toEqual({ ...DEFAULT_PROVIDER, seed: 7, negativePrompt: "text", steps: 30 });
  });

  test.each([
    ["max", ["low", "medium", "high"], "high"],
    ["low", ["medium", "high"], "medium"],
    ["auto", ["low", "high"], "low"],
    ["auto", ["auto", "low"], "auto"],
  ] as const)("quality %s of %j is %s", (quality, qualities, expected) => {
    const wanted = { ...entered, provider: { ...entered.provider, quality } };
    expect(fitSettings(wanted, { ...rich, qualities }).provider.quality).toBe(expected);
  });

  test("a size of another rule becomes the source's own", () => {
    const wanted = { ...entered, provider: { ...entered.provider, size: "512x512" } };
    expect(fitSettings(wanted, rich).provider.size).toBe("source");
    expect(fitSettings(wanted, plain).provider.size).toBe("512x512");
  });

  test("fitting twice changes nothing more", () => {
    for (const capabilities of [rich, plain]) {
      const once = fitSettings(entered, capabilities);
      expect(fitSettings(once, capabilities)).toEqual(once);
    }
  });
});

test.each([
  [rich, "This model takes no seed, no negative prompt and no number of steps."],
  [{ ...rich, seed: true, steps: true }, "This model takes no negative prompt."],
  [plain, null],
])("what a model lacks is said in one line", (capabilities, words) => {
  expect(lacksWords(capabilities)).toBe(words);
});
