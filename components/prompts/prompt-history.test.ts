import { expect, test } from "vitest";
import { AT_OWN_TEXT, type HistoryPlace, stepInHistory } from "./prompt-history";

const prompts = ["sepia", "beach", "sketch"];

function walk(steps: (1 | -1)[], text = ""): { text: string; place: HistoryPlace } {
  let now = { text, place: AT_OWN_TEXT };
  for (const by of steps) now = stepInHistory({ prompts, ...now, by }) ?? now;
  return now;
}

test.each([
  [[1], "sepia"],
  [[1, 1], "beach"],
  [[1, 1, 1, 1, 1], "sketch"],
  [[1, 1, -1], "sepia"],
  [[1, -1], ""],
  [[-1], ""],
] as const)("from an empty field %j is %j", (steps, text) => {
  expect(walk([...steps]).text).toBe(text);
});

test("typed words stay, before and after a step", () => {
  expect(stepInHistory({ prompts, place: AT_OWN_TEXT, text: "my words", by: 1 })).toBeNull();
  const { place } = walk([1]);
  expect(stepInHistory({ prompts, place, text: "sepia, square", by: 1 })).toBeNull();
  expect(stepInHistory({ prompts, place, text: "", by: 1 })?.text).toBe("sepia");
});

test("without earlier prompts nothing happens", () => {
  expect(stepInHistory({ prompts: [], place: AT_OWN_TEXT, text: "", by: 1 })).toBeNull();
});
