import { expect, test } from "vitest";
import { bytesWords, leftWords, ordinal, plural, tookWords } from "./words";

test.each([
  [1, "1st"],
  [2, "2nd"],
  [3, "3rd"],
  [4, "4th"],
  [11, "11th"],
  [12, "12th"],
  [13, "13th"],
  [21, "21st"],
  [111, "111th"],
  [214, "214th"],
  [1_203, "1,203rd"],
])("%i is the %s", (count, words) => {
  expect(ordinal(count)).toBe(words);
});

test.each([
  [400, "0.4 s"],
  [9_960, "10 s"],
  [24_400, "24 s"],
  [119_000, "119 s"],
  [125_000, "2 min 5 s"],
])("%i ms took %s", (ms, words) => {
  expect(tookWords(ms)).toBe(words);
});

test.each([
  [0, "about 10 s left"],
  [31_000, "about 40 s left"],
  [1_080_000, "about 18 min left"],
  [9_000_000, "about 2.5 h left"],
])("%i ms is %s", (ms, words) => {
  expect(leftWords(ms)).toBe(words);
});

test("counts have separators and the right number", () => {
  expect(plural(1, "image")).toBe("1 image");
  expect(plural(1_204, "image")).toBe("1,204 images");
  expect(bytesWords(3_100_000_000)).toBe("3.1 GB");
  expect(bytesWords(12)).toBe("1 KB");
});
