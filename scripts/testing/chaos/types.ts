export const TARGETS = ["web", "worker", "postgres"] as const;
/** What is killed with -9. */
export type Target = (typeof TARGETS)[number];

export type ChaosSize = { seed: number; items: number; kills: number };

/** A process that was killed; `at` is ms since 1970. */
export type Strike = { target: Target; at: number };

/** What does not hold, and where it is seen. */
export type Problem = { check: string; detail: string };
