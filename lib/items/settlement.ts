import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Attempt, Item, ItemStatus, Session } from "@/db/schema";
import { backoffMs } from "./backoff";
import { afterFailure, type FailedOutcome, type FinalOutcome } from "./outcome";

// What an outcome writes to the item, its attempt and its session. Nothing here touches the database.

type ItemChange = Partial<Pick<Item, "currentAttemptId" | "transientFailures" | "crashes">> & {
  status: ItemStatus;
  dueAt?: SQL;
};

export function itemChange(item: Item, attemptId: string, outcome: FinalOutcome): ItemChange {
  switch (outcome.kind) {
    case "made":
      return { status: "completed", currentAttemptId: attemptId, transientFailures: 0, crashes: 0 };
    case "storage":
      return { status: "queued" };
    case "failed":
      return failedChange(item, outcome);
  }
}

function failedChange(item: Item, outcome: FailedOutcome): ItemChange {
  if (outcome.code === "auth" || outcome.code === "quota_exhausted") return { status: "queued" };
  const after = afterFailure(outcome, item);
  switch (after.status) {
    case "waiting": {
      const wait = backoffMs({
        failures: item.transientFailures,
        retryAfterMs: after.retryAfterMs,
        random: Math.random(),
      });
      return {
        status: "waiting",
        transientFailures: after.transientFailures,
        dueAt: sql`now() + make_interval(secs => ${wait / 1000})`,
      };
    }
    case "queued":
      return { status: "queued", crashes: after.crashes };
    default:
      // An earlier result outlives a failed regeneration.
      return { status: item.currentAttemptId ? "completed" : after.status };
  }
}

/** A full disk, a refused key or an empty account concerns every item: the session waits. */
export function sessionSet(
  session: Session,
  outcome: FinalOutcome,
): Partial<Pick<Session, "state" | "pauseReason">> {
  const reason = pauseReason(outcome);
  return reason && session.state === "running" ? { state: "paused", pauseReason: reason } : {};
}

function pauseReason(outcome: FinalOutcome): Session["pauseReason"] {
  if (outcome.kind === "storage") return "storage";
  if (outcome.kind !== "failed") return null;
  return outcome.code === "auth" || outcome.code === "quota_exhausted" ? outcome.code : null;
}

export function attemptChange(attempt: Attempt, outcome: FinalOutcome): Partial<Attempt> {
  switch (outcome.kind) {
    case "made":
      return {
        outcome: "completed",
        imageId: outcome.imageId,
        modelVersion: outcome.modelVersion,
        requestId: outcome.requestId,
        usage: outcome.usage,
        cost: outcome.cost,
        charge: outcome.cost > 0 ? "charged" : "none",
        notes: outcome.notes,
        settings: { ...attempt.settings, used: outcome.used },
      };
    case "storage":
      return { outcome: "failed", errorCode: "storage", errorWords: outcome.words };
    case "failed":
      return {
        outcome: outcome.code === "blocked" ? "blocked" : "failed",
        errorCode: outcome.code,
        errorWords: outcome.words,
        errorDetails: outcome.details,
        cost: outcome.cost,
        charge: outcome.charge,
      };
  }
}
