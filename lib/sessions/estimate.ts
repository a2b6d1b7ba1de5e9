import type { PriceRange } from "@/lib/models/types";

/** A cut-out and new background of a 2 megapixel photo took 1.8 to 2.1 s on one busy core; styles take less. */
const STUDIO_ITEM_MS = 1_800;
/** A remote call before anything was learned: image providers answer in 10 to 40 s at medium quality. */
export const REMOTE_ITEM_MS = 25_000;

/** Attempts after which what was learned says more than the price table's ends. */
const ENOUGH_SAMPLES = 3;
/** What is left of doubt then, to both sides. */
const DOUBT = 0.1;

/**
 * About how long a run takes, ms: as many at once as there is room for, and no faster than the rate. `perItemMs` from
 * earlier runs when there were any.
 */
export function estimateMs({
  items,
  parallel,
  perItemMs = STUDIO_ITEM_MS,
  units = items,
  perMinute = null,
}: {
  items: number;
  parallel: number;
  perItemMs?: number;
  /** What the calls count for at the provider, all together: their images in. */
  units?: number;
  /** Units a minute; null: no rate. */
  perMinute?: number | null;
}): number {
  const byRoom = Math.ceil(items / Math.max(1, parallel)) * perItemMs;
  // The last call begins at the rate's end and still takes its time.
  const byRate = perMinute && items > 0 ? ((units - 1) / perMinute) * 60_000 + perItemMs : 0;
  return Math.round(Math.max(byRoom, byRate));
}

/** Time left of a run, ms, from its own finished attempts; null before the first. */
export function etaMs({
  open,
  running,
  finished,
  workMs,
  perMinute = null,
}: {
  /** Items queued, waiting or running. */
  open: number;
  running: number;
  finished: number;
  /** Time spent in the finished ones. */
  workMs: number;
  /** Images a minute the provider allows; null: no rate. */
  perMinute?: number | null;
}): number | null {
  if (open === 0) return 0;
  if (finished === 0 || workMs === 0) return null;
  const each = workMs / finished;
  const byRate = perMinute ? (Math.max(0, open - running) / perMinute) * 60_000 + each : 0;
  return Math.round(Math.max((open / Math.max(1, running)) * each, byRate));
}

/**
 * A price with what earlier attempts taught: `costFactor` is their cost over the worst price. It only narrows a range,
 * never leaves it, and never touches an exact price.
 */
export function correctedPrice(
  { min, max }: PriceRange,
  { costFactor, samples }: { costFactor: number; samples: number },
): PriceRange {
  if (min === max || samples < ENOUGH_SAMPLES) return { min, max };
  const likely = max * costFactor;
  const inside = (amount: number) => Math.min(max, Math.max(min, Math.round(amount)));
  return { min: inside(likely * (1 - DOUBT)), max: inside(likely * (1 + DOUBT)) };
}

export function addPrices(prices: readonly PriceRange[]): PriceRange {
  return prices.reduce((sum, { min, max }) => ({ min: sum.min + min, max: sum.max + max }), {
    min: 0,
    max: 0,
  });
}
