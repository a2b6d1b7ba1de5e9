import type { Limiter, Verdict } from "./limiter";

/** At most `limit` units in any window. A call larger than that passes when the window is empty. */
export class SlidingWindow implements Limiter {
  private taken: { at: number; units: number }[] = [];

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  look(units: number, now: number): Verdict {
    this.forget(now);
    const used = this.taken.reduce((sum, call) => sum + call.units, 0);
    const room = this.limit - used;
    const needed = Math.min(units, this.limit);
    return {
      ok: needed <= room,
      limit: this.limit,
      used: Math.min(used, this.limit),
      remaining: Math.max(0, room),
      retryMs: this.waitFor(needed - room, now),
      resetMs: this.waitFor(used, now),
    };
  }

  take(units: number, now: number): void {
    this.taken.push({ at: now, units });
  }

  private forget(now: number): void {
    const first = this.taken.findIndex(({ at }) => at > now - this.windowMs);
    this.taken.splice(0, first < 0 ? this.taken.length : first);
  }

  private waitFor(missing: number, now: number): number {
    let freed = 0;
    for (const { at, units } of this.taken) {
      if (freed >= missing) break;
      freed += units;
      if (freed >= missing) return at + this.windowMs - now;
    }
    return 0;
  }
}
