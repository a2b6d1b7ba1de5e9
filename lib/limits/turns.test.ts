import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LINE_PATIENCE_MS, TURNS_AHEAD_MS } from "./constants";
import { turnOf } from "./pace";
import { giveTurns, type TurnState, usedUpTat } from "./turns";

const NOW = 1_000_000;

const state: TurnState = {
  now: NOW,
  sentTat: NOW,
  blockedUntil: null,
  imagesPerMinute: 1_200,
  requestsPerMinute: null,
  rateSource: "told",
};

const line = (length: number) => Array.from({ length }, () => 1);

/** Asks again whenever it is told to, until everybody left; answers the moments they left. */
function leaveAll(start: TurnState, count: number): number[] {
  const moments: number[] = [];
  let now = start.now;
  let { sentTat } = start;
  while (moments.length < count) {
    const turns = giveTurns({ ...start, now, sentTat }, line(count - moments.length));
    for (const wait of turns.waits) moments.push(now + wait);
    sentTat = turns.sentTat;
    now += Math.max(1, turns.askInMs);
  }
  return moments;
}

describe("calls in line", () => {
  it("leave as far apart as the pace says but for its burst, however many stand there", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6_000 }),
        fc.constantFrom("default" as const, "told" as const),
        fc.integer({ min: -60_000, max: 10_000 }),
        fc.integer({ min: 1, max: 150 }),
        (imagesPerMinute, rateSource, owed, count) => {
          const paced = { ...state, imagesPerMinute, rateSource, sentTat: NOW + owed };
          const { step = 0, tolerance = 0 } = turnOf(paced, 1) ?? {};
          const left = leaveAll(paced, count);
          for (const [at, moment] of left.entries()) {
            expect(moment).toBeGreaterThanOrEqual(NOW + Math.max(0, owed) + at * step - tolerance - 1e-3);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("hold no turn further ahead than that, so a new pace holds for all others at once", () => {
    const { waits, askInMs } = giveTurns({ ...state, sentTat: NOW + 1_000 }, line(100));
    expect(waits).toEqual([]);
    expect(askInMs).toBeGreaterThan(0);
    for (const wait of giveTurns({ ...state, sentTat: NOW + 600 }, line(100)).waits) {
      expect(wait).toBeLessThanOrEqual(TURNS_AHEAD_MS);
    }
  });

  it("leave at once where no rate limits them", () => {
    expect(giveTurns({ ...state, imagesPerMinute: null }, line(3)).waits).toEqual([0, 0, 0]);
  });

  it("with more images take as many turns", () => {
    const slow = { ...state, imagesPerMinute: 60 };
    const one = giveTurns(slow, [1]).sentTat - NOW;
    expect(giveTurns(slow, [4]).sentTat - NOW).toBeCloseTo(4 * one);
  });

  it("wait through a short silence and are told of a long one", () => {
    const short = giveTurns({ ...state, blockedUntil: NOW + 2_000 }, line(2));
    expect(short).toMatchObject({ waits: [], silence: false });
    expect(short.askInMs).toBeGreaterThan(1_900);
    const long = giveTurns({ ...state, blockedUntil: NOW + LINE_PATIENCE_MS + 1_000 }, line(2));
    expect(long).toMatchObject({ waits: [], silence: true });
  });
});

describe("after a refusal", () => {
  const refused = { ...state, blockedUntil: NOW + 50, blockedWhy: "rate_limited" };

  it("calls leave one by one from the end of the silence on, with no crowd in front", () => {
    const sentTat = usedUpTat(refused, { blockedUntil: null }) ?? 0;
    const left = leaveAll({ ...refused, sentTat }, 40);
    const step = turnOf(state, 1)?.step ?? 0;
    for (const [at, moment] of left.entries()) expect(moment).toBeCloseTo(NOW + 50 + at * step, 3);
  });

  it("nothing changes for what was no refusal, or an earlier one", () => {
    expect(usedUpTat({ ...refused, blockedWhy: "overloaded" }, { blockedUntil: null })).toBeNull();
    expect(usedUpTat(refused, { blockedUntil: NOW + 50 })).toBeNull();
  });
});
