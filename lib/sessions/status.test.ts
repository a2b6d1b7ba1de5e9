import { describe, expect, test } from "vitest";
import { SESSION_STATES } from "@/db/schema/sessions";
import { mayBecome, openItems, stateAfter, totalItems } from "./status";

const none = {
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

test("the last settled item finishes a running or paused session, and no other", () => {
  for (const state of SESSION_STATES) {
    const going = state === "running" || state === "paused";
    expect(stateAfter(state, { ...none, completed: 3, failed: 1 })).toBe(going ? "finished" : state);
    expect(stateAfter(state, { ...none, completed: 3, waiting: 1 })).toBe(state);
  }
});

describe("transitions", () => {
  test.each([
    ["draft", "running", true],
    ["running", "paused", true],
    ["paused", "running", true],
    ["finished", "running", true],
    ["cancelled", "running", true],
    ["draft", "paused", false],
    ["finished", "paused", false],
    ["cancelled", "finished", false],
    ["running", "draft", false],
  ] as const)("%s -> %s: %s", (from, to, allowed) => {
    expect(mayBecome(from, to)).toBe(allowed);
  });
});

test("counts add up", () => {
  const counts = { ...none, queued: 2, running: 1, waiting: 4, completed: 8, cancelled: 16 };
  expect([openItems(counts), totalItems(counts)]).toEqual([7, 31]);
});
