/**
 * How long a test waits for what must come, ms. It ends what hangs and measures nothing: a machine that others compute on
 * may be ten times slower than alone.
 */
export const PATIENCE_MS = 300_000;
