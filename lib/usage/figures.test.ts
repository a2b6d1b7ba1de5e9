import { expect, test } from "vitest";
import { percentWords } from "./figures";

test.each([
  [1, "100 %"],
  [0.9999, "99.9 %"],
  [0.974, "97.4 %"],
  [0.5, "50 %"],
  [0, "0 %"],
])("%d is %s", (share, words) => {
  expect(percentWords(share)).toBe(words);
});
