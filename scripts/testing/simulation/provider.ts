import type { FailedOutcome, Outcome } from "@/lib/items/outcome";
import type { Observed } from "@/lib/models/types";
import type { Clock } from "./clock";
import type { Random } from "./random";

export const COST = 20;
export const WORST = 50;

export type Habits = {
  /** Images a minute it lets through, in any 60 s. */
  perMinute: number;
  /** Names its limit in every answer, in refusals, or never. */
  tells: "always" | "refusing" | "never";
  latencyMs: [number, number];
  /** Shares of the calls. */
  limited: number;
  broken: number;
  hanging: number;
  blocked: number;
};

/** A provider that lets so many calls through a minute, and now and then has a bad day. */
export class SimulatedProvider {
  /** Times of the calls it let through. */
  let: number[] = [];
  refused = 0;
  calls = 0;

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly habits: Habits,
  ) {}

  call(answer: (outcome: Outcome) => void): void {
    this.calls += 1;
    const outcome = this.#decide();
    this.clock.after(this.random.between(...this.habits.latencyMs), () => answer(outcome));
  }

  #decide(): Outcome {
    const { perMinute, tells, limited, broken, hanging, blocked } = this.habits;
    const observed: Observed = { imagesPerMinute: perMinute };
    const recent = this.let.filter((at) => at > this.clock.now - 60_000).length;
    if (recent >= perMinute) {
      this.refused += 1;
      return failed("rate_limited", {
        retryAfterMs: 1_000,
        observed: tells === "never" ? undefined : observed,
      });
    }
    if (this.random.chance(limited)) return failed("rate_limited", { retryAfterMs: 500 });
    this.let.push(this.clock.now);
    if (this.random.chance(broken)) return failed("overloaded", {});
    if (this.random.chance(hanging)) return failed("timeout", { charge: "maybe" });
    if (this.random.chance(blocked)) return failed("blocked", {});
    return {
      kind: "made",
      imageId: "picture",
      modelVersion: "1",
      requestId: null,
      cost: COST,
      usage: null,
      used: {},
      notes: [],
      ...(tells === "always" ? { observed } : {}),
    };
  }
}

function failed(code: string, extra: Partial<FailedOutcome>): FailedOutcome {
  return {
    kind: "failed",
    code,
    words: "",
    details: null,
    requestId: null,
    charge: "none",
    cost: 0,
    retryAfterMs: 0,
    ...extra,
  };
}
