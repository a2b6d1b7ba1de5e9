import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Attempt, Item, ItemStatus, Session } from "@/db/schema";
import { backoffMs } from "./backoff";
import { afterFailure, type FailedOutcome, type FinalOutcome } from "./outcome";
import type { ReceivedAnswer } from "./types";

type WhenUnknown = "repeat" | "ask";

// What an outcome writes to the item, its attempt and its session. Nothing here touches the database.

type ItemChange = Partial<
  Pick<Item, "currentAttemptId" | "transientFailures" | "crashes" | "unknownOutcomes" | "fresh">
> & {
  status: ItemStatus;
  dueAt?: SQL;
};

/** What of an item decides where a failure leaves it. */
type Tried = Pick<Item, "currentAttemptId" | "transientFailures" | "crashes" | "unknownOutcomes">;

export function itemChange(
  item: Tried,
  attemptId: string,
  outcome: FinalOutcome,
  whenUnknown: WhenUnknown,
): ItemChange {
  const done = { currentAttemptId: attemptId, transientFailures: 0, crashes: 0, fresh: false };
  switch (outcome.kind) {
    case "made":
      return { ...done, status: "completed" };
    case "reused":
      return { ...done, status: "reused" };
    case "storage":
      return { status: "queued" };
    case "failed":
      return failedChange(item, outcome, whenUnknown);
  }
}

function failedChange(item: Tried, outcome: FailedOutcome, whenUnknown: WhenUnknown): ItemChange {
  if (pausesSession(outcome)) return { status: "queued" };
  const after = afterFailure(outcome, { ...item, whenUnknown });
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
        unknownOutcomes: after.unknownOutcomes,
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

/**
 * A full disk, a refused key or an empty account concerns every item: the session waits. So it does when its stop
 * leaves no room for one more call and nothing under way can give room back.
 */
export function sessionSet(
  session: Purse & Pick<Session, "state">,
  outcome: FinalOutcome,
  { spend, released }: { spend: number; released: number },
): Partial<Pick<Session, "state" | "pauseReason">> {
  const reason = pauseReason(outcome) ?? (isBroke(session, { spend, released }) ? "budget" : null);
  return reason && session.state === "running" ? { state: "paused", pauseReason: reason } : {};
}

function pauseReason(outcome: FinalOutcome): Session["pauseReason"] {
  if (outcome.kind === "storage") return "storage";
  if (outcome.kind !== "failed") return null;
  return pausesSession(outcome) ? outcome.code : null;
}

function pausesSession(
  outcome: FailedOutcome,
): outcome is FailedOutcome & { code: "auth" | "quota_exhausted" } {
  return outcome.code === "auth" || outcome.code === "quota_exhausted";
}

type Purse = Pick<Session, "budget" | "spend" | "reserved" | "worstPrice">;

function isBroke(session: Purse, { spend, released }: { spend: number; released: number }): boolean {
  if (session.budget === null || session.worstPrice === 0 || session.reserved - released > 0) return false;
  return session.spend + spend + session.worstPrice > session.budget;
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
    case "reused":
      return {
        outcome: "reused",
        imageId: outcome.imageId,
        reusedFrom: outcome.from,
        modelVersion: outcome.modelVersion,
      };
    case "storage":
      return {
        outcome: "failed",
        errorCode: "storage",
        errorWords: outcome.words,
        ...unknownCharge(attempt),
      };
    case "failed":
      return {
        outcome: outcome.code === "blocked" ? "blocked" : "failed",
        errorCode: outcome.code,
        errorWords: outcome.words,
        errorDetails: outcome.details,
        requestId: outcome.requestId,
        ...chargeOf(attempt, outcome),
      };
  }
}

/** What may have been charged counts in full until someone knows better: a stop is never overshot by it. */
function chargeOf(attempt: Attempt, { charge, cost }: FailedOutcome): Pick<Attempt, "charge" | "cost"> {
  if (!attempt.paid) return { charge: "none", cost: 0 };
  if (charge !== "charged" && attempt.received) return receivedCharge(attempt.received);
  return charge === "maybe" ? { charge, cost: attempt.reserved } : { charge, cost };
}

/** Whatever went wrong with an answer afterwards, it came and was paid for. */
function receivedCharge({ cost }: ReceivedAnswer): Pick<Attempt, "charge" | "cost"> {
  return { charge: cost > 0 ? "charged" : "none", cost };
}

/** Only a paid call that was sent may have cost something. */
function unknownCharge({ paid, sentAt, reserved, received }: Attempt): Pick<Attempt, "charge" | "cost"> {
  if (received) return receivedCharge(received);
  return paid && sentAt ? { charge: "maybe", cost: reserved } : { charge: "none", cost: 0 };
}
