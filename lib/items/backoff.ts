import { BACKOFF_BASE_MS, BACKOFF_CAP_MS } from "./constants";

/**
 * Wait before try `failures + 1`, in ms: full jitter (Brooker 2015), never before the provider's own Retry-After,
 * which is capped at 10 minutes. `random` is in [0, 1).
 */
export function backoffMs({
  failures,
  retryAfterMs = 0,
  random,
}: {
  failures: number;
  retryAfterMs?: number;
  random: number;
}): number {
  const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(failures, 20));
  return Math.round(Math.max(Math.min(retryAfterMs, BACKOFF_CAP_MS), random * ceiling));
}
