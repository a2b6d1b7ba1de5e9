import { StorageError } from "@/lib/errors";
import { PixelProcessDied } from "@/lib/images/process/failures";
import { log } from "@/lib/log";
import { ModelError } from "@/lib/models/types";
import { isStorageTrouble } from "@/lib/storage/trouble";
import type { FailedOutcome, Outcome } from "./outcome";

/** What an error of the work means for its attempt. `maybeCharged`: a paid call may have left before it. */
export function describeFailure(error: unknown, { maybeCharged = false } = {}): Outcome {
  if (isStorageTrouble(error)) return { kind: "storage", words: storageWords(error) };
  if (error instanceof ModelError) {
    const { code, words, extra } = error;
    return failed({ code, words, ...extra });
  }
  if (error instanceof PixelProcessDied) {
    return failed({ ...describeDeath(error), charge: maybeCharged ? "maybe" : "none" });
  }
  log.error("an item failed for an unknown reason", { error });
  return failed({
    code: "unknown",
    words: "Something unexpected stopped this image. Your input is kept. Retry.",
    charge: maybeCharged ? "maybe" : "none",
  });
}

function storageWords(error: unknown): string {
  return error instanceof StorageError
    ? error.words
    : "The disk is full. Free some space; work goes on by itself.";
}

function describeDeath({ reason }: PixelProcessDied): Pick<FailedOutcome, "code" | "words"> {
  switch (reason) {
    case "memory":
      return {
        code: "bad_request",
        words: "This image needs more memory than there is. Make it smaller, then retry.",
      };
    case "timeout":
      return {
        code: "bad_request",
        words: "This image took longer than 2 minutes. Make it smaller, then retry.",
      };
    case "crashed":
      return {
        code: "crashed",
        words: "This image stopped the editor. The other images go on. Export it again, then retry.",
      };
  }
}

function failed(facts: Pick<FailedOutcome, "code" | "words"> & ModelError["extra"]): FailedOutcome {
  const { code, words, details, requestId, charge = "none", cost = 0, retryAfterMs = 0, observed } = facts;
  return {
    kind: "failed",
    code,
    words,
    details: details ?? null,
    requestId: requestId ?? null,
    charge,
    cost,
    retryAfterMs,
    observed,
  };
}
