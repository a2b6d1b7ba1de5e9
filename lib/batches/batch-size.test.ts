import { expect, test } from "vitest";
import { DEFAULT_PROVIDER, DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import type { OutputSettings, ProviderSettings } from "@/lib/sessions/types";
import { linesOf, resultBytes } from "./batch-size";
import { MAX_INPUT_BYTES, MAX_LINES, MAX_RESULT_BYTES } from "./constants";

const KEEP = { mode: "keep" as const };
const asked = (size: ProviderSettings["size"], output: Partial<OutputSettings> = {}, promptChars = 100) => ({
  provider: { ...DEFAULT_PROVIDER, size },
  output: { ...DEFAULT_SETTINGS.output, size: KEEP, ...output },
  promptChars,
});

test.each([
  [asked("1024x1024", { format: "jpeg", quality: 85 }), MAX_LINES],
  [asked("1024x1024", { format: "png" }), 122],
  [asked("source", { format: "png" }), 116],
  [asked("auto", { format: "png" }), 53],
  [asked("3840x2160", { format: "png" }), 15],
  [asked("3840x2160", { format: "webp", quality: 85 }), 67],
  [asked("3840x2160", { format: "webp", quality: 100 }), 24],
  // Resized here: it comes as PNG.
  [asked("1024x1024", { format: "jpeg", quality: 85, size: { mode: "long-edge", pixels: 512 } }), 122],
])("%j makes batches of %i lines", (given, lines) => {
  expect(linesOf(given)).toBe(lines);
  expect(lines * resultBytes(given)).toBeLessThanOrEqual(MAX_RESULT_BYTES);
});

test("an average PNG of a megapixel is expected at no less than it takes", () => {
  expect(resultBytes(asked("1024x1024"))).toBeGreaterThan((1.6 * 1024 * 1024 * 4) / 3);
});

test("200 of the longest prompts fit the provider's input file", () => {
  const given = asked("1024x1024", { format: "jpeg", quality: 85 }, 32_000);
  expect(linesOf(given)).toBe(MAX_LINES);
  expect(MAX_LINES * 32_000 * 6).toBeLessThan(MAX_INPUT_BYTES);
});
