import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { callsOnlyEnv } from "@/scripts/testing/provider-calls";
import { catalogueFor } from "./catalogue";
import { isLegal, providerSize, sizeText } from "./sizes";

beforeAll(() => callsOnlyEnv());

const ruleOf = (model: string) => catalogueFor("openai", model).capabilities.sizes;

test.each([
  [4000, 3000, "1152x864"],
  [3000, 4000, "864x1152"],
  [1024, 1024, "1024x1024"],
  [1920, 1080, "1360x768"],
  [100, 20_000, "592x1776"],
  [20_000, 100, "1776x592"],
  [640, 480, "1152x864"],
])("a source of %i x %i becomes %s", (width, height, expected) => {
  const size = providerSize(ruleOf("gpt-image-2.5-flare"), "source", { width, height });
  expect(size && sizeText(size)).toBe(expected);
});

test("a size the rule allows is asked for as it is", () => {
  const rule = ruleOf("gpt-image-2");
  for (const size of ["1024x1024", "3840x2160", "2160x3840", "1536x864", "2880x2880"] as const) {
    expect(providerSize(rule, size, null)).toEqual({
      width: Number(size.split("x")[0]),
      height: Number(size.split("x")[1]),
    });
  }
  expect(providerSize(rule, "auto", { width: 10, height: 10 })).toBeNull();
});

test("models with three sizes get the nearest shape", () => {
  const rule = ruleOf("gpt-image-1.5");
  const nearest = (width: number, height: number) => providerSize(rule, "source", { width, height });
  expect(nearest(4000, 3000)).toEqual({ width: 1536, height: 1024 });
  expect(nearest(900, 1000)).toEqual({ width: 1024, height: 1024 });
  expect(nearest(1080, 1920)).toEqual({ width: 1024, height: 1536 });
});

test("every size asked for is one the rule allows, whatever the source or the wish", () => {
  const side = fc.integer({ min: 1, max: 16_384 });
  const rules = [
    ruleOf("gpt-image-2.5-flare"),
    ...(["sd-server", "localai", "vllm-omni", "sglang"] as const).map(
      (dialect) => catalogueFor(dialect, "any").capabilities.sizes,
    ),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...rules), side, side, fc.boolean(), (rule, width, height, explicit) => {
      const asked = explicit
        ? (`${Math.max(16, width)}x${Math.max(16, height)}` as const)
        : ("source" as const);
      const size = providerSize(rule, asked, { width, height });
      expect(rule.kind === "free" && size && isLegal(rule, size)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("the shape of a source is kept within 1 % wherever the rule has room for it", () => {
  const side = fc.integer({ min: 100, max: 10_000 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      fc.pre(Math.max(width, height) <= 2.9 * Math.min(width, height));
      const size = providerSize(ruleOf("gpt-image-2.5-flare"), "source", { width, height });
      const off = Math.log((size?.width ?? 0) / (size?.height ?? 1) / (width / height));
      expect(Math.abs(off)).toBeLessThan(0.01);
      const pixels = (size?.width ?? 0) * (size?.height ?? 0);
      expect(pixels / 1024 ** 2).toBeGreaterThan(0.85);
      expect(pixels / 1024 ** 2).toBeLessThan(1.18);
    }),
    { numRuns: 300 },
  );
});
