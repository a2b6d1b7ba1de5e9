/** One row of the throttle: tries taken, and how long ago the current window began. */
export type Tries = { count: number; ageSeconds: number };
export type Allowance = { limit: number; windowSeconds: number };

export type Verdict =
  | { allowed: true; count: number; newWindow: boolean }
  | { allowed: false; retryAfterSeconds: number };

const LONGEST = 4;

/**
 * Whether one more try may be made. A window admits `limit` tries. Whoever used one up finds the next twice as long,
 * then four times, never longer; a whole quiet window begins anew. `count` runs on through the windows, so that
 * `count / limit` says how many were used up.
 */
export function judgeTry({ count, ageSeconds }: Tries, { limit, windowSeconds }: Allowance): Verdict {
  const used = Math.ceil(count / limit);
  const length = windowSeconds * Math.min(LONGEST, 2 ** Math.max(0, used - 1));
  if (ageSeconds < length) {
    const full = count > 0 && count % limit === 0;
    if (full) return { allowed: false, retryAfterSeconds: Math.ceil(length - ageSeconds) };
    return { allowed: true, count: count + 1, newWindow: false };
  }
  const usedUp = count > 0 && count % limit === 0;
  const wentQuiet = ageSeconds >= length * 2;
  const carried = usedUp && !wentQuiet ? Math.min(used, 2) * limit : 0;
  return { allowed: true, count: carried + 1, newWindow: true };
}
