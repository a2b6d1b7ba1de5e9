import type { Limiter, Verdict } from "./limiter";

/** Guards against a bucket that misses a unit by rounding. */
const DUST = 1e-9;

/**
 * Token bucket. With `portion` 0 it refills all the time, one unit each `portionMs`; else `portion` units at once on
 * each boundary of `portionMs`. A call larger than the bucket passes when it is full and leaves a debt.
 */
export class Bucket implements Limiter {
  private level: number;
  private at = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly shape: { limit: number; capacity: number; portion: number; portionMs: number },
  ) {
    this.level = shape.capacity;
  }

  look(units: number, now: number): Verdict {
    this.refill(now);
    const { limit, capacity } = this.shape;
    const needed = Math.min(units, capacity);
    const ok = this.level + DUST >= needed;
    return {
      ok,
      limit,
      used: Math.max(0, Math.min(limit, Math.round(limit - this.level))),
      remaining: Math.max(0, Math.floor(this.level + DUST)),
      retryMs: ok ? 0 : this.waitFor(needed, now),
      resetMs: this.waitFor(capacity, now),
    };
  }

  take(units: number, now: number): void {
    this.refill(now);
    this.level -= units;
  }

  private refill(now: number): void {
    const { capacity, portion, portionMs } = this.shape;
    const earned = portion === 0 ? (now - this.at) / portionMs : this.boundaries(now) * portion;
    this.level = Math.min(capacity, this.level + Math.max(0, earned));
    this.at = Math.max(this.at, now);
  }

  private boundaries(now: number): number {
    const { portionMs } = this.shape;
    return Math.floor(now / portionMs) - Math.floor(this.at / portionMs);
  }

  private waitFor(level: number, now: number): number {
    const { portion, portionMs } = this.shape;
    const missing = level - this.level;
    if (missing <= DUST) return 0;
    if (portion === 0) return missing * portionMs;
    const next = (Math.floor(now / portionMs) + 1) * portionMs - now;
    return next + (Math.ceil(missing / portion) - 1) * portionMs;
  }
}
