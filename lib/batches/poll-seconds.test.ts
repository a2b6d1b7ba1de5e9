import { expect, test } from "vitest";
import { pollSeconds, troubleSeconds } from "./poll-seconds";

test.each([
  [0, 5],
  [19, 5],
  [40, 10],
  [240, 60],
  [3_599, 60],
  [3_600, 300],
  [86_400, 300],
])("%i s after it was sent, a batch is looked at again in %i s", (age, seconds) => {
  expect(pollSeconds(age)).toBe(seconds);
});

test.each([
  [1, 0, 10],
  [3, 0, 40],
  [50, 0, 300],
  [1, 90_000, 90],
])("after %i troubles and a wish for %i ms it waits %i s", (troubles, wish, seconds) => {
  expect(troubleSeconds(troubles, wish)).toBe(seconds);
});
