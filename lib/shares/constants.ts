/** Links of one session that are neither revoked nor expired. */
export const MAX_ACTIVE_SHARES = 20;

/** Wrong links one address may try in a minute (R63). */
export const MISSES_PER_MINUTE = 30;

/** Results in one answer of the rows route. */
export const SHARED_PAGE = 500;
