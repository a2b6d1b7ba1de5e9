import { expect, test } from "vitest";
import { feedOf } from "./feed-of";

test.each([
  ["the original alone", [0], [], [null]],
  ["an earlier step", [1], ["a"], ["a"]],
  ["an earlier step with the original beside it", [2, 0], ["b"], ["b", null]],
  ["the original with an earlier step beside it", [0, 1], ["a"], [null, "a"]],
  ["two earlier steps", [2, 1], ["b", "a"], ["b", "a"]],
  ["a wiring that was changed since", [0], ["a"], ["a"]],
  ["a wiring that grew since", [1, 2], ["a"], ["a"]],
  ["an attempt from before chains were kept", [1], [], [null]],
] as const)("%s", (_, wiring, fed, expected) => {
  expect(feedOf({ wiring, fed })).toEqual(expected);
});
