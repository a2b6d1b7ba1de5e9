import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs } from "./backoff";
import { BACKOFF_BASE_MS, BACKOFF_CAP_MS } from "./constants";

test("a wait lies below the ceiling, and never before the provider's own time", () => {
  fc.assert(
    fc.property(
      fc.nat(60),
      fc.nat(3_600_000),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failures, retryAfterMs, random) => {
        const wait = backoffMs({ failures, retryAfterMs, random });
        const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** failures);
        expect(wait).toBeLessThanOrEqual(Math.max(ceiling, Math.min(retryAfterMs, BACKOFF_CAP_MS)));
        expect(wait).toBeGreaterThanOrEqual(Math.min(retryAfterMs, BACKOFF_CAP_MS));
      },
    ),
  );
});

test("the ceiling doubles with every failure up to ten minutes", () => {
  const ceilings = [0, 1, 2, 3, 20].map((failures) => backoffMs({ failures, random: 1 }));
  expect(ceilings).toEqual([2_000, 4_000, 8_000, 16_000, 600_000]);
});
