import { describe, expect, test } from "vitest";
import type { ItemCounts } from "@/lib/sessions/wire";
import { isWorthSaying, progressSentence, settledCount, stateWords } from "./state-words";

const none: ItemCounts = {
  queued: 0,
  running: 0,
  waiting: 0,
  completed: 0,
  reused: 0,
  failed: 0,
  blocked: 0,
  cancelled: 0,
  unmet: 0,
};
const counts: ItemCounts = { ...none, queued: 361, completed: 800, reused: 12, failed: 22, blocked: 9 };

describe("the sentence on progress", () => {
  test.each([
    ["running", "843 of 1,204 done, 31 failed."],
    ["paused", "Paused: 843 of 1,204 done, 31 failed."],
    ["finished", "Finished: 843 of 1,204 done, 31 failed."],
    ["cancelled", "Cancelled: 812 of 1,204 made, 31 failed."],
  ] as const)("of a session that is %s", (state, words) => {
    expect(progressSentence({ state, counts }, 1_204)).toBe(words);
  });

  test("is said again after a tenth, half a minute or another state, and not between", () => {
    const said = { state: "running", done: 100, at: 0 } as const;
    expect(isWorthSaying(said, { state: "running", done: 101, at: 29_000 }, 1_000)).toBe(false);
    expect(isWorthSaying(said, { state: "running", done: 101, at: 30_000 }, 1_000)).toBe(true);
    expect(isWorthSaying(said, { state: "running", done: 200, at: 1 }, 1_000)).toBe(true);
    expect(isWorthSaying(said, { state: "paused", done: 100, at: 1 }, 1_000)).toBe(true);
    expect(isWorthSaying(said, { state: "running", done: 100, at: 90_000 }, 1_000)).toBe(false);
  });
});

test("a session says how it ended and what still goes on", () => {
  expect(settledCount(counts)).toBe(843);
  expect(stateWords("finished", counts).text).toBe("Finished with 31 failed");
  expect(stateWords("finished", { ...none, completed: 3 })).toMatchObject({ tone: "ok", text: "Finished" });
  expect(stateWords("paused", { ...none, running: 1 }).text).toBe("Pausing");
  expect(stateWords("paused", none).text).toBe("Paused");
  expect(stateWords("cancelled", { ...none, running: 2 }).text).toBe("Cancelling");
});
