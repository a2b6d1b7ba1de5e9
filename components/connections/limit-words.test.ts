import { expect, test } from "vitest";
import type { ConnectionView, LimitsView } from "@/lib/connections/types";
import { limitLines, paceWords } from "./limit-words";

const limits: LimitsView = {
  running: 0,
  inFlight: 8,
  maxInFlight: 256,
  nextSlotMs: 0,
  blockedWhy: null,
  imagesPerMinute: 5,
  requestsPerMinute: null,
  rateSource: "default",
};
const fixedLimits = { imagesPerMinute: false, requestsPerMinute: false, maxInFlight: false };
const wordsOf = (change: Partial<LimitsView>, more: Partial<ConnectionView> = {}) =>
  limitLines({ limits: { ...limits, ...change }, fixedLimits, origin: "person", mayEdit: true, ...more }).map(
    ({ label, value, from }) => [label, value, from].filter(Boolean).join(" · "),
  );

test.each([
  [{}, "5 · until the provider says more"],
  [{ rateSource: "told", imagesPerMinute: 1200 }, "1,200 · told by the provider"],
  [{ rateSource: "learned", imagesPerMinute: 3.43 }, "3.4 · learned from refusals"],
  [{ rateSource: "set", imagesPerMinute: 150 }, "150 · set by you"],
  [{ imagesPerMinute: null }, "no limit known"],
  [{ imagesPerMinute: null, rateSource: "set" }, "not limited · set by you"],
] satisfies [Partial<LimitsView>, string][])("the rate of %j reads %s", (change, words) => {
  expect(wordsOf(change)[0]).toBe(`Images a minute · ${words}`);
});

test("who set a number for everybody is said", () => {
  const set = { rateSource: "set", imagesPerMinute: 20 } as const;
  expect(wordsOf(set, { origin: "environment" })[0]).toContain("set for this installation");
  const fixed = { origin: "environment", fixedLimits: { ...fixedLimits, imagesPerMinute: true } } as const;
  expect(wordsOf(set, fixed)[0]).toContain("set in the environment");
});

test("how many at the same time is said with the most there may be", () => {
  expect(wordsOf({})[2]).toBe("At the same time · 8 now · grows as needed, at most 256");
  expect(wordsOf({ inFlight: 1, maxInFlight: 1, imagesPerMinute: null })[2]).toBe(
    "At the same time · 1 · at most",
  );
});

test.each([
  [{ running: 12, nextSlotMs: 3_400 }, "12 running, next slot in 4 s"],
  [{ running: 0, nextSlotMs: 0 }, "Nothing running, next slot now"],
  [
    { running: 1, nextSlotMs: 30_000, blockedWhy: "rate_limited" },
    "The provider asks us to slow down: 1 running, next slot in 30 s",
  ],
] satisfies [Partial<LimitsView>, string][])("%j reads %s", (change, words) => {
  expect(paceWords({ ...limits, ...change })).toBe(words);
});
