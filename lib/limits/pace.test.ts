import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Pace, paceOf, rescaleTat, slotsUntil, slotTime } from "./pace";

/** Gives out slots one after the other, as hand-outs at these moments would. */
function run(pace: Pace, asks: { now: number; units: number; ahead: number }[]) {
  const begins: { at: number; units: number }[] = [];
  let tat = 0;
  for (const { now, units, ahead } of asks) {
    const at = slotTime({ tat, pace, now }, { before: 0, units });
    if (at > now + ahead) continue;
    tat = Math.max(tat, now) + units * pace.interval;
    begins.push({ at, units });
  }
  return begins;
}

const asks = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 8_000 }),
      units: fc.integer({ min: 1, max: 4 }),
      ahead: fc.constantFrom(0, 2_500),
    }),
    { minLength: 1, maxLength: 400 },
  )
  .map((gaps) => {
    let now = 1_000_000;
    return gaps.map(({ gap, ...ask }) => {
      now += gap;
      return { ...ask, now };
    });
  });

describe("a known rate", () => {
  it("is never exceeded in any minute, whenever and however much is asked", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), asks, (rate, wanted) => {
        const singles = wanted.map((ask) => ({ ...ask, units: 1 }));
        const begins = run(paceOf(rate, "told"), singles).map(({ at }) => at);
        for (const [first, at] of begins.entries()) {
          const within = begins.slice(first).filter((other) => other < at + 60_000);
          expect(within.length).toBeLessThanOrEqual(rate);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("is used to 98 percent when there is always more to do", () => {
    for (const rate of [5, 20, 150, 1_200]) {
      const pace = paceOf(rate, "told");
      const begins = run(
        pace,
        Array.from({ length: rate * 10 }, () => ({ now: 0, units: 1, ahead: Number.POSITIVE_INFINITY })),
      );
      const last = begins.at(-1)?.at ?? 0;
      expect(last / (10 * 60_000)).toBeLessThan(1.02);
    }
  });

  it("counts a call with several images as so many", () => {
    const pace = paceOf(60, "told");
    const [first, second, third] = run(pace, [
      { now: 0, units: 3, ahead: 60_000 },
      { now: 0, units: 1, ahead: 60_000 },
      { now: 0, units: 1, ahead: 60_000 },
    ]).map(({ at }) => at);
    expect(first).toBe(0);
    expect(second).toBeCloseTo(3 * pace.interval);
    expect(third).toBeCloseTo(4 * pace.interval);
  });
});

describe("slotsUntil", () => {
  it("counts the moments that slotTime gives", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.constantFrom("default" as const, "told" as const),
        fc.integer({ min: 0, max: 30_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        (rate, source, owed, ahead) => {
          const state = { tat: owed, pace: paceOf(rate, source), now: 10_000 };
          const until = state.now + ahead;
          const count = slotsUntil(state, until);
          const at = (before: number) => slotTime(state, { before, units: 1 });
          if (count > 0) expect(at(count - 1)).toBeLessThanOrEqual(until + 1e-6);
          expect(at(count)).toBeGreaterThan(until - 1e-6);
        },
      ),
    );
  });
});

describe("rescaleTat", () => {
  it("keeps what is owed as a number of calls", () => {
    const [slow, fast] = [paceOf(60, "told"), paceOf(600, "told")];
    expect(rescaleTat({ tat: 10 * slow.interval, now: 0 }, slow, fast)).toBeCloseTo(10 * fast.interval);
    expect(rescaleTat({ tat: -5, now: 0 }, slow, fast)).toBe(-5);
  });
});
