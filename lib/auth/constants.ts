const DAY = 24 * 60 * 60;

/** A login ends this long after its last use (seconds). */
export const LOGIN_IDLE_SECONDS = 7 * DAY;
/** A login ends this long after sign-in, used or not (seconds). */
export const LOGIN_ABSOLUTE_SECONDS = 30 * DAY;
/** The cookie outlives the row, so that the database clock alone decides. */
export const LOGIN_COOKIE_SECONDS = 31 * DAY;

/** OWASP ASVS 6.2: at least 8 characters, long ones allowed; the cap bounds the work of one hash. */
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 1024;

/** Failures allowed in a window before hashing is refused (R58). */
export const SIGN_IN_TRIES = {
  account: { limit: 5, windowSeconds: 15 * 60 },
  address: { limit: 30, windowSeconds: 15 * 60 },
} as const;

export const SIGN_UP_TRIES = { limit: 10, windowSeconds: 60 * 60 } as const;
