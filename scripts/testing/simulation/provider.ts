import type { FailedOutcome, Outcome } from "@/lib/items/outcome";
import type { Observed } from "@/lib/models/types";
import { createLimiter, type Limiter } from "../fake-provider/limits/limiter";
import type { LimitSpec } from "../fake-provider/settings";
import type { Clock } from "./clock";
import type { Random } from "./random";

export const COST = 20;
export const WORST = 50;

export type Habits = {
  /** Images it lets through. */
  limit: LimitSpec;
  /** Names its limit in every answer, in refusals, or never. */
  tells: "always" | "refusing" | "never";
  latencyMs: [number, number];
  /** A call beyond the limit is refused without any work. */
  refusalMs: [number, number];
  /** Shares of the calls. */
  limited: number;
  broken: number;
  hanging: number;
  blocked: number;
};

/** A provider that lets so many calls through a minute, and now and then has a bad day. */
export class SimulatedProvider {
  refused = 0;
  calls = 0;
  readonly #limiter: Limiter;

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly habits: Habits,
  ) {
    this.#limiter = createLimiter(habits.limit);
  }

  call(answer: (outcome: Outcome) => void): void {
    this.calls += 1;
    const refusal = this.#refuse();
    const tookMs = refusal ? this.habits.refusalMs : this.habits.latencyMs;
    const outcome = refusal ?? this.#decide();
    this.clock.after(this.random.between(...tookMs), () => answer(outcome));
  }

  #refuse(): Outcome | null {
    const { limit, tells } = this.habits;
    const { ok, retryMs } = this.#limiter.look(1, this.clock.now);
    if (ok) return null;
    this.refused += 1;
    return failed("rate_limited", {
      retryAfterMs: Math.ceil(retryMs),
      observed: tells === "never" ? undefined : { imagesPerMinute: limit.perMinute },
    });
  }

  #decide(): Outcome {
    const { limit, tells, limited, broken, hanging, blocked } = this.habits;
    const observed: Observed = { imagesPerMinute: limit.perMinute };
    if (this.random.chance(limited)) return failed("rate_limited", { retryAfterMs: 500 });
    this.#limiter.take(1, this.clock.now);
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
