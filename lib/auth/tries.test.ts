import { describe, expect, it } from "vitest";
import { judgeTry } from "./tries";

const FIVE = { limit: 5, windowSeconds: 900 };

describe("judgeTry", () => {
  it.each([
    ["the first try", 0, 0, { allowed: true, count: 1, newWindow: false }],
    ["the fifth", 4, 899, { allowed: true, count: 5, newWindow: false }],
    ["no sixth in the window", 5, 300, { allowed: false, retryAfterSeconds: 600 }],
    [
      "one in the next window, which is the second in a row",
      5,
      900,
      { allowed: true, count: 6, newWindow: true },
    ],
    ["no eleventh for twice as long", 10, 900, { allowed: false, retryAfterSeconds: 900 }],
    ["one after it", 10, 1800, { allowed: true, count: 11, newWindow: true }],
    ["no sixteenth for four times as long", 15, 0, { allowed: false, retryAfterSeconds: 3600 }],
    ["one after it, and never a longer wait", 15, 3600, { allowed: true, count: 11, newWindow: true }],
    ["a clean start after a quiet time", 15, 7200, { allowed: true, count: 1, newWindow: true }],
    ["a clean start when the window was not used up", 3, 900, { allowed: true, count: 1, newWindow: true }],
  ])("admits %s", (_, count, ageSeconds, verdict) => {
    expect(judgeTry({ count, ageSeconds }, FIVE)).toEqual(verdict);
  });
});
