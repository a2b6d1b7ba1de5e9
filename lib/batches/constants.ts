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
