/** The documented limit of a chain (FEATURES F46). */
export const MAX_STEPS = 7;

/** A chain's picture to begin with, where the place of an earlier step may be named. */
export const ORIGINAL = 0;
