/** When a session's images are made: now, or within 24 hours for half the price. */
export const LANES = ["live", "economy"] as const;

/** The provider's window for a batch. */
export const WINDOW_HOURS = 24;

/** Lines of one batch. */
export const MAX_LINES = 200;

/** What the answers of one batch may come to, bytes of JSON. */
export const MAX_RESULT_BYTES = 300_000_000;

/** What the lines of one batch may come to, bytes; the provider takes 200 MB. */
export const MAX_INPUT_BYTES = 200_000_000;

/** A worker's lease on a batch; renewed every third of it while the work lasts. */
export const BATCH_LEASE_SECONDS = 60;

/** Items that were taken for a batch and are no lines of it yet go back to their queue after this time. */
export const CLAIM_LEASE_SECONDS = 600;

/** Lines whose pictures are sent in one go. */
export const LINES_AT_ONCE = 16;

/** Stored answers of one batch that become results at the same time. */
export const FINISHING_AT_ONCE = 32;

/** An order nobody heard of again is looked for this long, then it is not there (R15). */
export const ORDER_GRACE_SECONDS = 600;

/** Looks in a row that something was in the way of, before a batch is given up. */
export const MOST_TROUBLES = 10;

/** Batches in a row that came back without an item, before it fails. */
export const MOST_UNMADE = 6;

/** An account that may have no more waiting at the provider is left alone this long. */
export const FULL_HOLD_SECONDS = 900;

/** What was at the provider a moment ago may take its time to be found; after so many looks it is gone. */
export const SURE_AFTER = 3;
