import type { Answer } from "@/lib/limits/types";
import type { Observed } from "@/lib/models/types";
import { BACKOFF_CAP_MS, MAX_CRASHES, MAX_TRANSIENT_FAILURES } from "./constants";

const TRANSIENT = ["rate_limited", "overloaded", "timeout"] as const;

/** What came of one attempt: small facts only, since it is a durable step's answer. */
export type Outcome =
  | {
      kind: "made";
      imageId: string;
      modelVersion: string;
      requestId: string | null;
      /** Micro-dollars. */
      cost: number;
      usage: Record<string, number> | null;
      used: Record<string, string | number | boolean>;
      notes: string[];
      observed?: Observed;
    }
  /** The same was made before: no call, no cost. */
  | { kind: "reused"; imageId: string; from: string; modelVersion: string | null }
  | {
      kind: "failed";
      code: string;
      words: string;
      details: string | null;
      requestId: string | null;
      charge: "none" | "charged" | "maybe";
      /** Micro-dollars, where an answer was charged; what may have been charged is the reservation. */
      cost: number;
      retryAfterMs: number;
      observed?: Observed;
    }
  /** Bytes could not be written: nothing wrong with the item. */
  | { kind: "storage"; words: string }
  /** The provider asked for silence before it was sent: back to its queue, and no attempt. */
  | { kind: "postponed" }
  /** Its lease or its attempt is no longer ours. */
  | { kind: "stale" };

/** An outcome that ends its attempt. */
export type FinalOutcome = Exclude<Outcome, { kind: "stale" | "postponed" }>;
export type FailedOutcome = Extract<Outcome, { kind: "failed" }>;

/** Where a failed attempt leaves its item. */
export type AfterFailure =
  | { status: "waiting"; transientFailures: number; unknownOutcomes: number; retryAfterMs: number }
  | { status: "queued"; crashes: number }
  | { status: "failed" | "blocked" };

/** What is known of an item when one of its attempts fails. */
export type Tries = {
  transientFailures: number;
  crashes: number;
  unknownOutcomes: number;
  /** What its owner wants after a paid call whose outcome nobody knows. */
  whenUnknown: "repeat" | "ask";
};

/**
 * Pure: transient failures wait and try again, a crash gets one more try, a paid call whose outcome nobody knows gets
 * one more at most (R16), everything else is final. A rate limit is waiting, not failing: it is never counted.
 */
export function afterFailure(
  outcome: FailedOutcome,
  { transientFailures, crashes, unknownOutcomes, whenUnknown }: Tries,
): AfterFailure {
  if (outcome.code === "crashed") {
    return crashes + 1 < MAX_CRASHES ? { status: "queued", crashes: crashes + 1 } : { status: "failed" };
  }
  if (outcome.code === "blocked") return { status: "blocked" };
  const unknown = outcome.charge === "maybe" ? 1 : 0;
  if (unknown && (whenUnknown === "ask" || unknownOutcomes > 0)) return { status: "failed" };
  const transient = unknown > 0 || TRANSIENT.some((code) => code === outcome.code);
  const counted = outcome.code === "rate_limited" ? 0 : 1;
  if (!transient || (counted > 0 && transientFailures >= MAX_TRANSIENT_FAILURES)) return { status: "failed" };
  return {
    status: "waiting",
    transientFailures: transientFailures + counted,
    unknownOutcomes: unknownOutcomes + unknown,
    retryAfterMs: Math.min(outcome.retryAfterMs, BACKOFF_CAP_MS),
  };
}

/** What an outcome tells the limiter; null when no call was made, or a refusal told it at once (`callModel`). */
export function answerOf(outcome: FinalOutcome): Answer | null {
  switch (outcome.kind) {
    case "made":
      return { kind: "clean", retryAfterMs: 0, observed: outcome.observed };
    case "failed":
      return failedAnswer(outcome);
    default:
      return null;
  }
}

function failedAnswer({ code, charge, retryAfterMs, observed }: FailedOutcome): Answer | null {
  if (code === "rate_limited") return null;
  if (code === "overloaded") return { kind: code, retryAfterMs, observed };
  if (code === "timeout" || charge === "maybe") return { kind: "failing", retryAfterMs, observed };
  const answered = code === "blocked" || code === "bad_request" || charge === "charged";
  return answered ? { kind: "clean", retryAfterMs: 0, observed } : null;
}
