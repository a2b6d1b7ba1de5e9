/** Links of one session that are neither revoked nor expired. */
export const MAX_ACTIVE_SHARES = 20;

/** Of a link, which has 256 random bits of its own. */
export const PASSWORD_MIN = 6;
export const PASSWORD_MAX = 200;
/** How long a browser that knew the password is let in (seconds). */
export const UNLOCKED_SECONDS = 24 * 60 * 60;
/** Wrong passwords for one link: from one address, and from all. */
export const UNLOCK_TRIES = {
  address: { limit: 5, windowSeconds: 15 * 60 },
  link: { limit: 100, windowSeconds: 60 * 60 },
} as const;

/** Wrong links one address may try in a minute (R63). */
export const MISSES_PER_MINUTE = 30;

/** Results in one answer of the rows route. */
export const SHARED_PAGE = 500;
