const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 30_000;
const QUIET_AFTER = 3;
const QUIET_MS = 5_000;

/** Wait after the nth failure in a row, ms: 2, 4, 8 … 30 s, between half and all of it so that viewers spread out. */
export function retryDelay(misses: number, random: number): number {
  const whole = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (misses - 1));
  return Math.round(whole * (0.5 + random / 2));
}

/** Wait after an answer, ms: what the server asked for, at least 5 s once three answers brought nothing. */
export function pollDelay(askedMs: number | null, emptyAnswers: number): number | null {
  if (askedMs === null) return null;
  return emptyAnswers >= QUIET_AFTER ? Math.max(askedMs, QUIET_MS) : askedMs;
}
