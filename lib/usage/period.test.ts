import { expect, test } from "vitest";
import { daysOf, periodWords, readPeriod } from "./period";

// Still the 20th west of Greenwich, already the 21st in UTC.
const now = new Date("2026-11-21T00:30:00Z");

test.each([
  ["this month", {}, ["month", "2026-11-01", "2026-11-21"]],
  ["the last 30 days", { period: "30" }, ["30", "2026-10-23", "2026-11-21"]],
  ["two days", { from: "2026-02-03", to: "2026-03-01" }, ["custom", "2026-02-03", "2026-03-01"]],
  ["turned days", { from: "2026-03-01", to: "2026-02-03" }, ["custom", "2026-02-03", "2026-03-01"]],
  ["one day", { from: "2026-03-01", to: "2026-03-01" }, ["custom", "2026-03-01", "2026-03-01"]],
  ["ten years", { from: "2016-03-01", to: "2026-03-01" }, ["custom", "2025-03-01", "2026-03-01"]],
  ["no such day", { from: "2026-02-31", to: "2026-03-01" }, ["month", "2026-11-01", "2026-11-21"]],
  ["half a period", { from: "2026-02-01" }, ["month", "2026-11-01", "2026-11-21"]],
  ["two of one", { from: ["2026-02-01", "x"], to: "2026-03-01" }, ["month", "2026-11-01", "2026-11-21"]],
  ["words", { from: "'; drop", to: "now()", period: "x" }, ["month", "2026-11-01", "2026-11-21"]],
])("%s", (_, params, [kind, from, to]) => {
  expect(readPeriod(params, now)).toEqual({ kind, from, to });
});

test("days run over months, leap days and the change of the clocks", () => {
  expect(daysOf({ from: "2028-02-28", to: "2028-03-01" })).toEqual([
    "2028-02-28",
    "2028-02-29",
    "2028-03-01",
  ]);
  expect(daysOf({ from: "2025-03-01", to: "2026-03-01" })).toHaveLength(366);
  expect(daysOf({ from: "2026-03-28", to: "2026-03-30" })).toHaveLength(3);
});

test("a period in words", () => {
  expect(periodWords({ from: "2026-11-01", to: "2026-11-21" })).toBe("1 Nov to 21 Nov 2026");
  expect(periodWords({ from: "2025-12-21", to: "2026-01-03" })).toBe("21 Dec 2025 to 3 Jan 2026");
  expect(periodWords({ from: "2026-11-03", to: "2026-11-03" })).toBe("3 Nov 2026");
});
