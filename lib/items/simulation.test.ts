import { describe, expect, test } from "vitest";
import { canAfford } from "@/lib/sessions/can-afford";
import { seeded } from "@/scripts/testing/simulation/random";
import type { SimItem } from "@/scripts/testing/simulation/rows";
import { type Setting, World } from "@/scripts/testing/simulation/world";

const SEEDS = 4_000;
const TERMINAL = ["completed", "failed", "blocked"];

/** A setting of its own for every seed. */
function settingOf(seed: number): Setting {
  const random = seeded(seed ^ 0x5eed);
  return {
    sessions: random.between(1, 3),
    itemsEach: random.between(1, 12),
    budget: random.chance(0.4) ? random.between(50, 500) : null,
    whenUnknown: random.pick(["repeat", "ask"]),
    workers: random.between(1, 3),
    crashes: random.between(0, 6),
    pauses: 0.5,
    habits: {
      limit: { perMinute: random.pick([3, 5, 20, 60, 600]), kind: random.pick(["sliding", "bucket"]) },
      tells: random.pick(["always", "refusing", "never"]),
      latencyMs: [random.between(1, 500), random.between(501, 20_000)],
      refusalMs: [1, 400],
      limited: random.pick([0, 0.1]),
      broken: random.pick([0, 0.05, 0.3]),
      hanging: random.pick([0, 0.03, 0.3]),
      blocked: random.pick([0, 0.02]),
    },
  };
}

function finishedWorld(seed: number): World {
  const world = new World(seed, settingOf(seed));
  world.run();
  return world;
}

function sum(items: SimItem[], of: (attempt: SimItem["attempts"][number]) => number): number {
  return items.flatMap(({ attempts }) => attempts).reduce((total, attempt) => total + of(attempt), 0);
}

/** What does not hold at the end of a world; 200,000 single `expect`s took a third of the time. */
function wrongIn({ sessions, items, provider }: World): string[] {
  const wrong: string[] = [];
  const check = (holds: boolean, what: string) => {
    if (!holds) wrong.push(what);
  };
  for (const session of sessions) {
    const own = items.filter((item) => item.session === session);
    const open = own.filter(({ status }) => !TERMINAL.includes(status));
    const spent = sum(own, ({ cost }) => cost);
    check(open.length === 0 || !canAfford(session), "an item hangs");
    check(session.reserved === 0, `${session.reserved} is held`);
    check(spent === session.spend, `attempts cost ${spent}, the session says ${session.spend}`);
    check(session.spend <= (session.budget ?? Infinity), `${session.spend} of ${session.budget} spent`);
  }
  for (const { attempt, attempts, status } of items) {
    const count = (wanted: string) => attempts.filter(({ charge }) => charge === wanted).length;
    check(attempt === null, "an attempt is under way");
    check(count("maybe") <= 2, `${count("maybe")} attempts of an item are maybe charged`);
    check(
      count("charged") === (status === "completed" ? 1 : 0),
      `${status}, charged ${count("charged")} times`,
    );
  }
  const sent = sum(items, ({ sentAt }) => (sentAt ? 1 : 0));
  check(provider.calls === sent, `${provider.calls} calls, ${sent} written down`);
  return wrong;
}

describe("the state machine under chance", () => {
  test(`${SEEDS} seeds: every item ends once, all money adds up, no stop is overshot, no call is made twice`, () => {
    for (let seed = 1; seed <= SEEDS; seed += 1)
      expect(wrongIn(finishedWorld(seed)), `seed ${seed}`).toEqual([]);
  });

  test("a provider that names its limit is not asked beyond it but for what was under way", () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const { habits, ...setting } = settingOf(seed);
      const calm = {
        ...habits,
        tells: "always",
        limited: 0,
        broken: 0,
        hanging: 0,
        limit: { perMinute: 30, kind: "sliding" },
      } as const;
      const world = new World(seed, {
        ...setting,
        sessions: 2,
        itemsEach: 40,
        budget: null,
        crashes: 0,
        habits: calm,
      });
      world.run();
      expect(world.provider.refused, `seed ${seed}`).toBe(0);
      expect(
        world.items.every(({ status }) => TERMINAL.includes(status)),
        `seed ${seed}`,
      ).toBe(true);
    }
  });
});
