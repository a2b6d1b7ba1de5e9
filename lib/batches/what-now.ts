import { log } from "@/lib/log";
import { ModelError } from "@/lib/models/types";
import { isStorageTrouble } from "@/lib/storage/trouble";

/** What an error of talking to the provider means for a batch. */
export type WhatNow =
  /** Something is in the way: the same again later. */
  | { kind: "later"; retryAfterMs: number; words: string }
  /** A person must do something first; the session pauses for this reason. */
  | {
      kind: "pause";
      reason: "auth" | "quota_exhausted" | "storage" | "economy";
      words: string;
      details?: string;
    };

/** Statuses of a server that knows files and batches nothing of. */
const NO_SUCH_ROUTE = /^(404|405|501)\b/;

/** Pure but for the log. `economy`: the provider has no economy lane for what was asked. */
export function whatNow(error: unknown): WhatNow {
  if (isStorageTrouble(error)) {
    return {
      kind: "pause",
      reason: "storage",
      words: "The disk is full. Free some space; work goes on by itself.",
    };
  }
  if (!(error instanceof ModelError)) {
    log.error("a batch was held up for an unknown reason", { error });
    return {
      kind: "later",
      retryAfterMs: 0,
      words: "Something unexpected held this batch up. It is tried again.",
    };
  }
  const { code, words, extra } = error;
  const { details, retryAfterMs = 0 } = extra;
  if (NO_SUCH_ROUTE.test(details ?? "")) {
    return { kind: "pause", reason: "economy", words: NO_BATCHES, ...(details && { details }) };
  }
  if (code === "auth" || code === "quota_exhausted") {
    return { kind: "pause", reason: code, words, ...(details && { details }) };
  }
  if (code === "bad_request" || code === "blocked") {
    return { kind: "pause", reason: "economy", words: refusedWords(details), ...(details && { details }) };
  }
  return { kind: "later", retryAfterMs, words };
}

const KEPT = "Nothing was charged. Go on now at the full price, or resume to try a batch again.";

export const NO_BATCHES = `The provider makes no batches of this model. ${KEPT}`;

export function refusedWords(details: string | undefined): string {
  return `The provider refused the batch${details ? ` (${details.slice(0, 200)})` : ""}. ${KEPT}`;
}

/**
 * Whether a call that failed with this may have been carried out all the same: no answer came, or one of a fault on
 * the other side or in between. A refusal with a status of the asker's own fault is certain.
 */
export function mayStand(error: unknown): boolean {
  if (!(error instanceof ModelError)) return true;
  const { charge, details = "" } = error.extra;
  return charge === "maybe" || /^(5\d\d|408|409)\b/.test(details);
}
