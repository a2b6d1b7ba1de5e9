import { expect, test } from "vitest";
import type { EstimateAnswer } from "@/lib/sessions/wire";
import { amountText, nextStop } from "./amount-text";
import { costWords, countLine, monthWords, nowWords, paceWords } from "./estimate-words";

const answer: EstimateAnswer = {
  items: 1_204,
  reused: 0,
  price: { min: 48_200_000, max: 53_100_000 },
  exact: false,
  each: { min: 40_100, max: 44_100 },
  byQuality: {},
  ms: 25 * 60_000,
  later: { steps: 0, items: 0, price: { min: 0, max: 0 } },
  slots: { atOnce: 12, perMinute: 50 },
  budgetLeft: null,
  monthLeft: null,
  warnings: [],
};

test.each([
  [{}, "about $48–54 · about 25 min", "1,204 × about $0.040–0.045"],
  [
    { price: { min: 12_400_000, max: 12_400_000 }, each: { min: 10_300, max: 10_300 } },
    "$12.40 · about 25 min",
    "1,204 × $0.010",
  ],
  [
    { reused: 1_197, price: { min: 280_000, max: 280_000 }, each: { min: 40_000, max: 40_000 }, ms: 20_000 },
    "$0.280 · about 20 s",
    "7 × $0.040 · 1,197 results used again, free",
  ],
  [
    { reused: 1_204, price: { min: 0, max: 0 }, each: { min: 0, max: 0 }, ms: 0 },
    "$0.00 · all of them were made before",
    "1,204 images · 1,204 results used again, free",
  ],
  [{ price: { min: 0, max: 0 }, each: { min: 0, max: 0 } }, "Free · about 25 min", "1,204 images"],
])("of %j", (over, cost, count) => {
  expect(costWords({ ...answer, ...over })).toBe(cost);
  expect(countLine({ ...answer, ...over })).toBe(count);
});

test.each([
  [{ atOnce: 12, perMinute: 50 }, "50 images a minute, up to 12 at once"],
  [{ atOnce: 1, perMinute: null }, "one at a time"],
  [{ atOnce: 3, perMinute: 4.96 }, "5 images a minute, up to 3 at once"],
  [{ atOnce: 2, perMinute: 1 }, "1 image a minute, up to 2 at once"],
])("pace of %j", (slots, words) => {
  expect(paceWords({ ...answer, slots })).toBe(words);
});

test("what waits for batches has a day a step, its price now beside it, and no pace", () => {
  const price = { min: 24_100_000, max: 26_600_000 };
  const economy = { ...answer, price, later: { steps: 1, items: 1_204, price } };
  expect(costWords(economy)).toBe("about $24–27 · within 24 hours");
  expect(nowWords(economy)).toBe("Now it would cost about $48–54.");
  expect(paceWords(economy)).toBeNull();
  expect(costWords({ ...economy, later: { ...economy.later, steps: 3 } })).toBe(
    "about $24–27 · within 24 hours for each of 3 steps",
  );
});

test("where some steps are made now, only the others would cost twice as much", () => {
  const mixed = {
    ...answer,
    price: { min: 3_000_000, max: 3_000_000 },
    later: { steps: 1, items: 600, price: { min: 1_000_000, max: 1_000_000 } },
  };
  expect(nowWords(mixed)).toBe("Now it would cost $4.00.");
  expect(paceWords(mixed)).toBe("50 images a minute, up to 12 at once");
  expect(nowWords(answer)).toBeNull();
});

test("what is left of the month is told when there is a limit", () => {
  expect(monthWords(212_000_000)).toBe("$212.00 left this month");
  expect(monthWords(null)).toBeNull();
});

test.each([
  [null, ""],
  [60_000_000, "60"],
  [12_500_000, "12.50"],
  [42_000, "0.042"],
  [1, "0.000001"],
])("%j is typed as %j", (amount, text) => {
  expect(amountText(amount)).toBe(text);
});

test.each([
  ["what is left to do", { budget: 60_000_000, spend: 59_900_000, left: 161, each: 57_000 }, 70],
  ["nothing known of the price", { budget: 60_000_000, spend: 59_900_000, left: 161, each: 0 }, 61],
  ["cents", { budget: 500_000, spend: 480_000, left: 3, each: 40_000 }, 1],
])("the stop proposed leaves room: %s", (_, facts, dollars) => {
  expect(nextStop(facts)).toBe(dollars * 1_000_000);
  expect(nextStop(facts)).toBeGreaterThan(facts.budget);
});
