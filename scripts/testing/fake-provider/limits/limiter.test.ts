import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LimitSpec } from "../settings";
import { createLimiter, type Limiter } from "./limiter";

const MINUTE = 60_000;

/** Gaps between calls and their units: from floods to calm. */
const calls = fc.array(
  fc.record({
    gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 100, max: 30_000 })),
    units: fc.integer({ min: 1, max: 5 }),
  }),
  { maxLength: 200 },
);
const perMinute = fc.integer({ min: 5, max: 1200 });

type Admitted = { at: number; units: number };

function run(limiter: Limiter, asked: { gapMs: number; units: number }[], start = 0): Admitted[] {
  let now = start;
  return asked.flatMap(({ gapMs, units }) => {
    now += gapMs;
    if (!limiter.look(units, now).ok) return [];
    limiter.take(units, now);
    return { at: now, units };
  });
}

/** The most units inside any half-open stretch of that length. */
function fullest(admitted: Admitted[], lengthMs: number): number {
  const sums = admitted.map(({ at }) =>
    admitted
      .filter((other) => other.at > at - lengthMs && other.at <= at)
      .reduce((sum, { units }) => sum + units, 0),
  );
  return Math.max(0, ...sums);
}

describe("a limiter", () => {
  it("with a sliding window lets no more than the limit through in any 60 s", () => {
    fc.assert(
      fc.property(perMinute, calls, (limit, asked) => {
        const admitted = run(createLimiter({ perMinute: limit, kind: "sliding" }), asked);
        expect(fullest(admitted, MINUTE)).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it("with a bucket lets its content and the refill through in any stretch of time", () => {
    fc.assert(
      fc.property(
        perMinute,
        fc.integer({ min: 5, max: 200 }),
        fc.integer({ min: 1, max: 120_000 }),
        calls,
        (limit, capacity, lengthMs, asked) => {
          const admitted = run(createLimiter({ perMinute: limit, capacity }), asked);
          const granted = capacity + (limit * lengthMs) / MINUTE;
          expect(fullest(admitted, lengthMs)).toBeLessThanOrEqual(granted + 1e-6);
        },
      ),
    );
  });

  it("in portions lets one portion through in each second", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 30 }),
        fc.integer({ min: 0, max: 5000 }),
        calls,
        (portion, start, asked) => {
          const admitted = run(createLimiter({ perMinute: portion * 60, kind: "per-second" }), asked, start);
          const bySecond = new Map<number, number>();
          for (const { at, units } of admitted) {
            const second = Math.floor(at / 1000);
            bySecond.set(second, (bySecond.get(second) ?? 0) + units);
          }
          expect(Math.max(0, ...bySecond.values())).toBeLessThanOrEqual(portion);
        },
      ),
    );
  });

  it("says truly when the same call would pass: at that moment, and no earlier", () => {
    const specs: LimitSpec[] = [
      { perMinute: 20 },
      { perMinute: 20, capacity: 5 },
      { perMinute: 20, kind: "sliding" },
      { perMinute: 20, kind: "per-second" },
      { perMinute: 600, kind: "per-second" },
    ];
    fc.assert(
      fc.property(fc.constantFrom(...specs), calls, (spec, asked) => {
        const limiter = createLimiter(spec);
        run(limiter, asked);
        const now = asked.reduce((sum, { gapMs }) => sum + gapMs, 0);
        const { ok, retryMs } = limiter.look(3, now);
        if (ok) return;
        expect(limiter.look(3, now + retryMs - 0.01).ok).toBe(false);
        expect(limiter.look(3, now + retryMs + 1e-6).ok).toBe(true);
      }),
    );
  });

  it("lets the whole limit of a minute through when it is asked for in good time", () => {
    fc.assert(
      fc.property(perMinute, fc.constantFrom("bucket", "sliding", "per-second"), (limit, kind) => {
        const limiter = createLimiter({ perMinute: limit, kind });
        const gapMs =
          kind === "per-second"
            ? Math.max(1000, MINUTE / limit) / Math.max(1, Math.floor(limit / 60))
            : MINUTE / limit;
        const asked = Array.from({ length: 50 }, () => ({ gapMs: gapMs + 1e-6, units: 1 }));
        expect(run(limiter, asked)).toHaveLength(50);
      }),
    );
  });
});
