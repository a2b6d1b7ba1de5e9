import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { LEAST_AHEAD_MS, LINE_PATIENCE_MS, MOST_AHEAD_MS } from "./constants";
import { rescaleTat, turnOf } from "./pace";
import { aheadFor, askAgainIn, giveTurns, leaveAt, type TurnState, usedUpTat } from "./turns";

const NOW = 1_000_000;

const state: TurnState = {
  now: NOW,
  sentTat: NOW,
  blockedUntil: null,
  imagesPerMinute: 1_200,
  requestsPerMinute: null,
  rateSource: "told",
};

const line = (length: number, aheadMs = LEAST_AHEAD_MS) => ({
  line: Array.from({ length }, () => 1),
  aheadMs,
});

/**
 * Asks again whenever it is told to, until everybody left, each question taking `tookMs`; answers the moments they left.
 */
function leaveAll(start: TurnState, count: number, tookMs = 0): number[] {
  const moments: number[] = [];
  let now = start.now;
  let { sentTat } = start;
  const aheadMs = aheadFor(tookMs);
  while (moments.length < count) {
    const turns = giveTurns({ ...start, now, sentTat }, line(count - moments.length, aheadMs));
    now += tookMs / 2;
    for (const wait of turns.waits) moments.push(now + wait);
    sentTat = turns.sentTat;
    now += askAgainIn(turns, aheadMs) + tookMs / 2;
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
    expect(giveTurns({ ...state, sentTat: NOW + 1_000 }, line(100)).waits).toEqual([]);
    for (const wait of giveTurns({ ...state, sentTat: NOW + 600 }, line(100)).waits) {
      expect(wait).toBeLessThanOrEqual(LEAST_AHEAD_MS);
    }
  });

  it("leave at full pace however slowly the database answers, within a second", () => {
    const step = turnOf(state, 1)?.step ?? 0;
    for (const tookMs of [0, 30, 120, 480]) {
      const left = leaveAll(state, 200, tookMs);
      expect((left.at(-1) ?? 0) - NOW, `${tookMs} ms`).toBeLessThan(200 * step + 2 * tookMs);
    }
    expect(aheadFor(60_000)).toBe(MOST_AHEAD_MS);
  });

  it("leave at once where no rate limits them", () => {
    expect(giveTurns({ ...state, imagesPerMinute: null }, line(3)).waits).toEqual([0, 0, 0]);
  });

  it("with more images take as many turns", () => {
    const slow = { ...state, imagesPerMinute: 60 };
    const one = giveTurns(slow, { line: [1], aheadMs: 50 }).sentTat - NOW;
    expect(giveTurns(slow, { line: [4], aheadMs: 50 }).sentTat - NOW).toBeCloseTo(4 * one);
  });

  it("wait through a short silence and are told of a long one", () => {
    const short = giveTurns({ ...state, blockedUntil: NOW + 2_000 }, line(2));
    expect(short).toMatchObject({ waits: [], silence: false });
    expect(short.nextInMs).toBe(2_000);
    const long = giveTurns({ ...state, blockedUntil: NOW + LINE_PATIENCE_MS + 1_000 }, line(2));
    expect(long).toMatchObject({ waits: [], silence: true });
  });
});

test("calls that were held up after their turn leave one burst at once and the others apart", () => {
  const pace = { step: 50, tolerance: 500 };
  const moments: number[] = [];
  let tat = 0;
  for (let at = 0; at < 40; at += 1) {
    const left = leaveAt({ now: NOW, tat }, { pace, units: 1 });
    tat = left.tat;
    moments.push(left.moment - NOW);
  }
  expect(moments.slice(0, 11)).toEqual(Array(11).fill(0));
  expect(moments.slice(11)).toEqual(Array.from({ length: 29 }, (_, at) => (at + 1) * 50));
});

test("what was owed at a slow pace holds up no call at a quick one", () => {
  const [slow, quick] = [5, 1_200].map((imagesPerMinute) =>
    turnOf({ ...state, rateSource: "default", imagesPerMinute }, 1),
  );
  if (!slow || !quick) throw new Error("there is no pace");
  let tat = 0;
  for (let at = 0; at < 5; at += 1) tat = leaveAt({ now: NOW, tat }, { pace: slow, units: 1 }).tat;
  const owed = {
    now: NOW,
    tat: rescaleTat({ now: NOW, tat }, { interval: slow.step }, { interval: quick.step }),
  };
  expect(leaveAt(owed, { pace: quick, units: 1 }).moment - NOW).toBeLessThanOrEqual(quick.step);
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
