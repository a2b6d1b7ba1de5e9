/** Until a provider or a person says more, about one image in twelve seconds (the lowest limit accounts report). */
export const DEFAULT_IMAGES_PER_MINUTE = 5;

/** Hand-outs look this far ahead: an item is prepared while its moment comes, so that pace is exact. */
export const HORIZON_MS = 2_500;
/**
 * The same when a session comes while others run: what was handed out before it is not taken back, so its first items
 * come on top, and in the line they have every second turn.
 */
export const ENTRY_HORIZON_MS = 2 * HORIZON_MS;
/** The next hand-out is called this long before the moment it is about. */
export const LEAD_MS = 1_800;

/** Calls ready to leave get their turn this long before it; longer where the database answers slowly. */
export const LEAST_AHEAD_MS = 50;
export const MOST_AHEAD_MS = 1_000;
/** The front of a line asks again after this long at the latest: the pace may have grown. */
export const LINE_ASKS_EVERY_MS = 1_000;
/** Through a longer silence nobody stands in line: the item goes back to its queue. */
export const LINE_PATIENCE_MS = 5_000;

/** Share of a known rate that is used: room for two clocks that disagree. */
export const USED_SHARE = 0.99;
/** Calls that may go at once after a quiet time, as a share of a known rate. */
export const BURST_SHARE = 0.01;
/** The same while the rate is not known. */
export const DEFAULT_BURST = 5;

/** A silent refusal lowers the rate to this share, at most once in this time. */
export const SLOWER = 0.7;
export const SLOWER_EVERY_MS = 3_000;
/** A learned rate grows by this factor after a minute without a complaint. */
export const FASTER = 1.1;
export const FASTER_EVERY_MS = 60_000;

/** Pauses when a provider says neither how long to wait nor why. */
export const RATE_PAUSE_MS = 2_000;
export const OVERLOAD_PAUSE_MS = 2_000;
/** Half of the last 20 answers failed: silence, then one call at a time (R19b). */
export const FAILING_OF_20 = 10;
export const FAILING_PAUSE_MS = 30_000;
