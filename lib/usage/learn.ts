/** Weight of the newest attempt in the moving averages; about the last ten decide. */
export const ALPHA = 0.2;

// An attempt beyond these is a wrong price table or a stopped clock, and must not spoil later estimates.
const FACTOR = { min: 0.1, max: 10 };
const TOOK_MS = { min: 1, max: 3_600_000 };

export type Sample = {
  /** Actual over estimated cost. */
  costFactor: number;
  tookMs: number;
};

/**
 * What one finished attempt teaches, within sane bounds; null when it teaches nothing (a cost without an estimate, a
 * number that is none). What is free and was expected to be free teaches its time.
 */
export function sampleOf({
  estimated,
  actual,
  tookMs,
}: {
  /** Micro-dollars, as the price table says it, without an earlier correction. */
  estimated: number;
  /** Micro-dollars. */
  actual: number;
  tookMs: number;
}): Sample | null {
  const factor = estimated === 0 && actual === 0 ? 1 : actual / estimated;
  if (!(Number.isFinite(factor) && factor >= 0 && Number.isFinite(tookMs) && tookMs > 0)) return null;
  return { costFactor: clamp(factor, FACTOR), tookMs: clamp(tookMs, TOOK_MS) };
}

function clamp(value: number, { min, max }: { min: number; max: number }): number {
  return Math.min(max, Math.max(min, value));
}
