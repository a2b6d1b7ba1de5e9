import { expect, test } from "vitest";
import { chartOf } from "./chart";
import type { DayUsage } from "./types";

const period = { from: "2026-11-01", to: "2026-11-04" };

function day(given: Partial<DayUsage>): DayUsage {
  return {
    ...{ day: "2026-11-01", model: "a" },
    ...{ made: 0, reused: 0, failed: 0, blocked: 0, unknown: 0, slowed: 0, approved: 0 },
    ...{ charged: 0, maybe: 0, chargedFailures: 0, failureCost: 0, meanMs: null },
    ...given,
  };
}

test("a column for every day, stacked by model, the dearest first", () => {
  const chart = chartOf(
    [
      day({ charged: 10, made: 1 }),
      day({ model: "b", charged: 20, maybe: 5 }),
      day({ day: "2026-11-03", model: "b", maybe: 7 }),
      day({ model: "free", made: 9 }),
    ],
    period,
  );
  expect(chart).toEqual({
    ...{ measure: "cost", span: "day", models: ["b", "a"], highest: 35 },
    columns: [
      { label: "1 Nov", total: 35, parts: [25, 10] },
      { label: "2 Nov", total: 0, parts: [0, 0] },
      { label: "3 Nov", total: 7, parts: [7, 0] },
      { label: "4 Nov", total: 0, parts: [0, 0] },
    ],
  });
});

test("where nothing cost anything it counts images", () => {
  const chart = chartOf([day({ made: 3, reused: 1, failed: 9 })], period);
  expect([chart.measure, chart.columns[0]?.parts]).toEqual(["images", [4]]);
});

test("a fifth model goes to the others, and nothing is lost", () => {
  const days = ["a", "b", "c", "d", "e"].map((model, i) => day({ model, charged: 10 - i }));
  const chart = chartOf(days, period);
  expect(chart.models).toEqual(["a", "b", "c", "Other models"]);
  expect(chart.columns[0]?.parts).toEqual([10, 9, 8, 13]);
});

test("a year is 53 weeks and adds up", () => {
  const year = { from: "2025-11-22", to: "2026-11-22" };
  const chart = chartOf([day({ charged: 5 }), day({ day: "2025-11-22", charged: 3 })], year);
  expect([chart.span, chart.columns.length, chart.columns[0]?.label]).toEqual([
    "week",
    53,
    "22 Nov to 28 Nov",
  ]);
  expect(chart.columns.reduce((sum, { total }) => sum + total, 0)).toBe(8);
});

test("nothing at all is a chart without models", () => {
  expect(chartOf([], period)).toMatchObject({ models: [], highest: 0 });
});
