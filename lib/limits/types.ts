import type { limits } from "@/db/schema/limits";
import type { Observed } from "@/lib/models/types";

type Row = typeof limits.$inferSelect;

/** A connection's limiter as the pure parts see it. Times are ms since 1970 on the database clock. */
export type Limit = {
  inFlight: number;
  maxInFlight: number;
  imagesPerMinute: number | null;
  requestsPerMinute: number | null;
  rateSource: Row["rateSource"];
  imagesTat: number;
  requestsTat: number;
  blockedUntil: number | null;
  blockedWhy: Row["blockedWhy"];
  cleanAnswers: number;
  changedAt: number;
  recent: number;
  answers: number;
};

/** What one call taught about the connection. */
export type Answer = {
  kind: "clean" | "rate_limited" | "overloaded" | "failing";
  /** 0: nothing was said. */
  retryAfterMs: number;
  observed?: Observed;
};

/** What the pages show of a connection's limiter. */
export type SlotState = {
  running: number;
  inFlight: number;
  /** Until the next call may begin, ms; 0: now; null: nothing limits it by time. */
  nextSlotMs: number | null;
  blockedWhy: Row["blockedWhy"];
  imagesPerMinute: number | null;
  rateSource: Row["rateSource"];
};
