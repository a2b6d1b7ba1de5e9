import type { Attempt, Item, ItemStatus, SessionState } from "@/db/schema";

/** Workers that died in the middle of one item before it is refused: bounds a picture that takes the machine down. */
const MAX_LOST_ATTEMPTS = 6;

export type Loss = {
  item: Pick<Item, "unknownOutcomes" | "currentAttemptId">;
  /** The attempt that was under way; null when none had begun. */
  attempt: Pick<Attempt, "paid" | "sentAt" | "receivedAt" | "reserved"> | null;
  /** Attempts of this item that were lost before. */
  lostBefore: number;
  session: { state: SessionState; whenUnknown: "repeat" | "ask" };
};

/** What becomes of an item, and of its attempt's money, when its worker is gone. */
export type AfterLoss = {
  status: Extract<ItemStatus, "running" | "queued" | "failed" | "completed" | "cancelled">;
  /** `keep`: its answer is stored; another run goes on from there at once, since it needs no slot. */
  attempt: "keep" | "lost" | "unknown" | "none";
  unknownOutcomes: number;
};

/**
 * Pure. A paid call that was sent may have been charged: it is repeated once at most, then a person is asked (R16).
 * What was not sent, or costs nothing, waits its turn again. An earlier result outlives a lost regeneration.
 */
export function afterLoss({ item, attempt, lostBefore, session }: Loss): AfterLoss {
  const fate = fateOf(attempt);
  const unknownOutcomes = item.unknownOutcomes + (fate === "unknown" ? 1 : 0);
  const asks = fate === "unknown" && (session.whenUnknown === "ask" || item.unknownOutcomes > 0);
  if (fate === "keep") return { status: "running", attempt: fate, unknownOutcomes };
  const often = fate !== "none" && lostBefore + 1 >= MAX_LOST_ATTEMPTS;
  const called = session.state === "cancelled";
  if (!(asks || often || called)) return { status: "queued", attempt: fate, unknownOutcomes };
  const ended = called ? "cancelled" : "failed";
  return { status: item.currentAttemptId ? "completed" : ended, attempt: fate, unknownOutcomes };
}

function fateOf(attempt: Loss["attempt"]): AfterLoss["attempt"] {
  if (!attempt) return "none";
  if (attempt.receivedAt) return "keep";
  return attempt.paid && attempt.sentAt ? "unknown" : "lost";
}
