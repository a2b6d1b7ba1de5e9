import { expect, test } from "vitest";
import { effectivePrompt } from "./merge";

test.each([
  ["inherit", " beach ", "own", "beach"],
  ["append", "beach", " warmer ", "beach\nwarmer"],
  ["append", "", "warmer", "warmer"],
  ["append", "beach", "  ", "beach"],
  ["replace", "beach", " forest", "forest"],
  ["replace", "beach", "", ""],
] as const)("%s: %j with %j", (mode, session, own, expected) => {
  expect(effectivePrompt({ session, mode, own })).toBe(expected);
});
