import { z } from "zod";
import { BACKOFF_CAP_MS, MAX_CRASHES, MAX_TRANSIENT_FAILURES } from "./constants";

const TRANSIENT = ["rate_limited", "overloaded", "timeout"] as const;

/** What came of one attempt: small facts only, so that it may be a durable step's answer. */
export const outcomeSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("made"),
    imageId: z.string(),
    modelVersion: z.string(),
    requestId: z.string().nullable(),
    cost: z.number(),
    usage: z.record(z.string(), z.number()).nullable(),
    used: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    notes: z.array(z.string()),
  }),
  z.object({
    kind: z.literal("failed"),
    code: z.string(),
    words: z.string(),
    details: z.string().nullable(),
    charge: z.enum(["none", "charged", "maybe"]),
    cost: z.number(),
    retryAfterMs: z.number(),
  }),
  /** Bytes could not be written: nothing wrong with the item. */
  z.object({ kind: z.literal("storage"), words: z.string() }),
  /** Its lease or its attempt is no longer ours. */
  z.object({ kind: z.literal("stale") }),
]);

export type Outcome = z.infer<typeof outcomeSchema>;
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
