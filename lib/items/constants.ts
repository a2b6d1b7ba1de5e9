/** A handed-out item must be begun within this time, or the reconciler takes it back. */
export const BEGIN_LEASE_SECONDS = 30;

/** A running item's lease; renewed every third of it while its worker lives (R6). */
export const RUN_LEASE_SECONDS = 60;

/** Tries after a transient failure before the item fails (R19b). */
export const MAX_TRANSIENT_FAILURES = 5;

/** Run of an attempt whose worker is gone and whose answer is stored: the next run takes it, and only that one. */
export const NO_RUN = "none";

/** Times the pixel process may die on one item before it is refused (R8). */
export const MAX_CRASHES = 2;

/** Full-jitter backoff: a random time below min(cap, base x 2^n). */
export const BACKOFF_BASE_MS = 2_000;
export const BACKOFF_CAP_MS = 10 * 60_000;
