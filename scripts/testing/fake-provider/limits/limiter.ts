import type { LimitSpec } from "../settings";
import { Bucket } from "./bucket";
import { SlidingWindow } from "./sliding-window";

/** What a limiter says about a call before it takes it. Times in milliseconds. */
export type Verdict = {
  ok: boolean;
  limit: number;
  used: number;
  remaining: number;
  /** Until the same call would pass; 0 when it passes now. */
  retryMs: number;
  /** Until everything is free again. */
  resetMs: number;
};

/** Units per minute. `now` is milliseconds of any clock that never goes back. */
export interface Limiter {
  look(units: number, now: number): Verdict;
  take(units: number, now: number): void;
}

const MINUTE_MS = 60_000;

export function createLimiter(spec: LimitSpec): Limiter {
  const { perMinute, kind = "bucket", capacity = perMinute } = spec;
  switch (kind) {
    case "bucket":
      return new Bucket({ limit: perMinute, capacity, portion: 0, portionMs: MINUTE_MS / perMinute });
    case "per-second":
      return new Bucket({ limit: perMinute, ...portions(perMinute) });
    case "sliding":
      return new SlidingWindow(perMinute, MINUTE_MS);
  }
}

/** Whole units at whole seconds; below one a second, one unit each so many milliseconds. */
function portions(perMinute: number) {
  const portion = Math.max(1, Math.floor(perMinute / 60));
  return { capacity: portion, portion, portionMs: Math.max(1000, (MINUTE_MS * portion) / perMinute) };
}
