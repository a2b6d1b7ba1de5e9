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
    }
  | {
      kind: "failed";
      code: string;
      words: string;
      details: string | null;
      charge: "none" | "charged" | "maybe";
      cost: number;
      retryAfterMs: number;
    }
  /** Bytes could not be written: nothing wrong with the item. */
  | { kind: "storage"; words: string }
  /** Its lease or its attempt is no longer ours. */
  | { kind: "stale" };

/** An outcome that ends its attempt. */
export type FinalOutcome = Exclude<Outcome, { kind: "stale" }>;
export type FailedOutcome = Extract<Outcome, { kind: "failed" }>;

/** Where a failed attempt leaves its item. */
export type AfterFailure =
  | { status: "waiting"; transientFailures: number; retryAfterMs: number }
  | { status: "queued"; crashes: number }
  | { status: "failed" | "blocked" };

/** Pure: transient failures wait and try again, a crash gets one more try, everything else is final. */
export function afterFailure(
  outcome: FailedOutcome,
  { transientFailures, crashes }: { transientFailures: number; crashes: number },
): AfterFailure {
  if (outcome.code === "crashed") {
    return crashes + 1 < MAX_CRASHES ? { status: "queued", crashes: crashes + 1 } : { status: "failed" };
  }
  if (outcome.code === "blocked") return { status: "blocked" };
  const transient = TRANSIENT.some((code) => code === outcome.code);
  if (transient && transientFailures < MAX_TRANSIENT_FAILURES) {
    return {
      status: "waiting",
      transientFailures: transientFailures + 1,
      retryAfterMs: Math.min(outcome.retryAfterMs, BACKOFF_CAP_MS),
    };
  }
  return { status: "failed" };
}
