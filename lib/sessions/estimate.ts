/** A cut-out and new background of a 2 megapixel photo took 1.8 to 2.1 s on one busy core; styles take less. */
const STUDIO_ITEM_MS = 1_800;

/** About how long a run takes, ms. `perItemMs` from earlier runs when there were any. */
export function estimateMs({
  items,
  parallel,
  perItemMs = STUDIO_ITEM_MS,
}: {
  items: number;
  parallel: number;
  perItemMs?: number;
}): number {
  return Math.ceil(items / Math.max(1, parallel)) * perItemMs;
}

/** Time left of a run, ms, from its own finished attempts; null before the first. */
export function etaMs({
  open,
  running,
  finished,
  workMs,
}: {
  /** Items queued, waiting or running. */
  open: number;
  running: number;
  finished: number;
  /** Time spent in the finished ones. */
  workMs: number;
}): number | null {
  if (open === 0) return 0;
  if (finished === 0 || workMs === 0) return null;
  return Math.round((open / Math.max(1, running)) * (workMs / finished));
}
