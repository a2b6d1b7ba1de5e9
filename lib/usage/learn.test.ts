import { expect, test } from "vitest";
import { sampleOf } from "./learn";

const asked = { estimated: 40_000, actual: 40_000, tookMs: 12_000 };

test.each([
  ["as estimated", asked, { costFactor: 1, tookMs: 12_000 }],
  ["dearer", { ...asked, actual: 50_000 }, { costFactor: 1.25, tookMs: 12_000 }],
  ["nothing charged", { ...asked, actual: 0 }, { costFactor: 0.1, tookMs: 12_000 }],
  ["absurdly dear", { ...asked, estimated: 1, actual: 1e12 }, { costFactor: 10, tookMs: 12_000 }],
  ["a server of one's own", { ...asked, estimated: 0, actual: 0 }, { costFactor: 1, tookMs: 12_000 }],
  ["two days", { ...asked, tookMs: 172_800_000 }, { costFactor: 1, tookMs: 3_600_000 }],
  ["a cost without an estimate", { ...asked, estimated: 0 }, null],
  ["a negative cost", { ...asked, actual: -1 }, null],
  ["a negative estimate and cost", { ...asked, estimated: -1, actual: 1 }, null],
  ["no number", { ...asked, estimated: Number.NaN }, null],
  ["endless", { ...asked, actual: Number.POSITIVE_INFINITY }, null],
  ["a clock set back", { ...asked, tookMs: -5 }, null],
])("%s", (_, attempt, sample) => {
  expect(sampleOf(attempt)).toEqual(sample);
});
