import { describe, expect, test } from "vitest";
import { World } from "@/scripts/testing/simulation/world";

const IMAGES = 600;
const SEEDS = 15;

type Case = { perMinute: number; latencyMs: [number, number]; workers: number; answersMs?: [number, number] };

/** Images of one session at a provider whose bucket holds a second's worth, and which is in a good mood. */
function run(seed: number, { perMinute, latencyMs, ...setting }: Case, tells: "always" | "refusing") {
  const world = new World(seed, {
    sessions: 1,
    itemsEach: IMAGES,
    budget: null,
    whenUnknown: "repeat",
    ...setting,
    crashes: 0,
    pauses: 0,
    habits: {
      limit: { perMinute, kind: "bucket", capacity: Math.max(2, perMinute / 60) },
      tells,
      latencyMs,
      refusalMs: [3, 30],
      limited: 0,
      broken: 0,
      hanging: 0,
      blocked: 0,
    },
  });
  const started = world.clock.now;
  world.run();
  const ideal = (IMAGES / perMinute) * 60_000 + (latencyMs[0] + latencyMs[1]) / 2;
  return { world, makespan: (world.clock.now - started) / ideal };
}

describe("a limit that only refusals name", () => {
  test.each<Case>([
    { perMinute: 60, latencyMs: [200, 2_000], workers: 1 },
    { perMinute: 60, latencyMs: [2_000, 20_000], workers: 2 },
    { perMinute: 300, latencyMs: [200, 2_000], workers: 1 },
    { perMinute: 300, latencyMs: [2_000, 20_000], workers: 1 },
    { perMinute: 1_200, latencyMs: [200, 2_000], workers: 1 },
    { perMinute: 1_200, latencyMs: [200, 2_000], workers: 2 },
    { perMinute: 1_200, latencyMs: [200, 2_000], workers: 1, answersMs: [50, 400] },
  ])(
    "is found with at most 1 % refused: $perMinute a minute, answers in $latencyMs ms, workers: $workers, turns in $answersMs ms",
    (one) => {
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const { world, makespan } = run(seed, one, "refusing");
        expect(world.items.every(({ status }) => status === "completed")).toBe(true);
        expect(world.provider.refused, `seed ${seed}`).toBeLessThanOrEqual(IMAGES / 100);
        expect(makespan, `seed ${seed}`).toBeLessThanOrEqual(1.25);
      }
    },
  );
});

test("a limit that answers name is never exceeded", () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { world, makespan } = run(
      seed,
      { perMinute: 1_200, latencyMs: [200, 2_000], workers: 2 },
      "always",
    );
    expect(world.provider.refused, `seed ${seed}`).toBe(0);
    expect(makespan, `seed ${seed}`).toBeLessThanOrEqual(1.25);
  }
});
