import { expect, test } from "vitest";
import { correctedPrice, estimateMs, etaMs } from "./estimate";
import { estimateWarnings } from "./estimate-warnings";

test.each([
  // As many at once as there is room for.
  [{ items: 10, parallel: 4, perItemMs: 1_000 }, 3_000],
  [{ items: 0, parallel: 4, perItemMs: 1_000 }, 0],
  // 60 a minute: the last of 61 begins after a minute.
  [{ items: 61, parallel: 256, perItemMs: 20_000, perMinute: 60 }, 80_000],
  // Slow answers hold a wide pace back.
  [{ items: 100, parallel: 1, perItemMs: 20_000, perMinute: 60 }, 2_000_000],
  // Two references each count as images too.
  [{ items: 20, units: 60, parallel: 256, perItemMs: 20_000, perMinute: 60 }, 79_000],
  [{ items: 5, parallel: 256, perItemMs: 20_000, perMinute: null }, 20_000],
])("a run of %j takes %i ms", (given, ms) => {
  expect(estimateMs(given)).toBe(ms);
});

test.each([
  [{ open: 0, running: 0, finished: 3, workMs: 9 }, 0],
  [{ open: 5, running: 1, finished: 0, workMs: 0 }, null],
  [{ open: 10, running: 2, finished: 4, workMs: 40_000 }, 50_000],
  [{ open: 10, running: 10, finished: 4, workMs: 40_000, perMinute: 5 }, 10_000],
  [{ open: 35, running: 10, finished: 4, workMs: 40_000, perMinute: 5 }, 310_000],
])("of %j is left %j ms", (given, ms) => {
  expect(etaMs(given)).toBe(ms);
});

test.each([
  ["a range narrows to what was paid", { min: 100, max: 1_000 }, { costFactor: 0.5, samples: 3 }, [450, 550]],
  ["two samples are too few", { min: 100, max: 1_000 }, { costFactor: 0.5, samples: 2 }, [100, 1_000]],
  ["never below the least", { min: 400, max: 1_000 }, { costFactor: 0.1, samples: 9 }, [400, 400]],
  ["never above the most", { min: 400, max: 1_000 }, { costFactor: 4, samples: 9 }, [1_000, 1_000]],
  ["an exact price stands", { min: 700, max: 700 }, { costFactor: 0.2, samples: 9 }, [700, 700]],
])("%s", (_, price, correction, [min, max]) => {
  expect(correctedPrice(price, correction)).toEqual({ min, max });
});

const calm = {
  items: 100,
  price: { min: 4_000_000, max: 5_000_000 },
  budgetLeft: null,
  monthLeft: null,
  usual: null,
  crowded: 0,
  maxInputs: 16,
};

test.each([
  ["nothing to say", {}, []],
  ["room to spare", { budgetLeft: 5_000_000, monthLeft: 9_000_000, usual: 2_000_000 }, []],
  [
    "a stop below the price",
    { budgetLeft: 2_000_000 },
    ["$2.00 is left of your stop: enough for about 40 images of 100. The run pauses there."],
  ],
  [
    "an empty month",
    { monthLeft: 0 },
    ["Nothing is left of this month: the run would stop before its first image."],
  ],
  ["dearer than ever", { usual: 1_000_000 }, ["More than 3 times what your runs usually cost ($1.00)."]],
  [
    "too many references",
    { crowded: 2 },
    ["2 images with more references than this model takes (15): the last ones are left out."],
  ],
  ["all made before", { price: { min: 0, max: 0 }, budgetLeft: 0 }, []],
])("before a start: %s", (_, facts, words) => {
  expect(estimateWarnings({ ...calm, ...facts }).map((warning) => warning.words)).toEqual(words);
});
