import type { Session } from "@/db/schema";
import type { ItemCounts } from "./wire";

export function countsOf(session: Session): ItemCounts {
  return {
    queued: session.queuedCount,
    running: session.runningCount,
    waiting: session.waitingCount,
    completed: session.completedCount,
    reused: session.reusedCount,
    failed: session.failedCount,
    blocked: session.blockedCount,
    cancelled: session.cancelledCount,
    unmet: session.unmetCount,
  };
}

/** Two changes of counts as one. */
export function addDeltas(one: Partial<ItemCounts>, other: Partial<ItemCounts>): Partial<ItemCounts> {
  return addCounts(addCounts(NONE, one), other);
}

const NONE: ItemCounts = {
  queued: 0,
  running: 0,
  waiting: 0,
  completed: 0,
  reused: 0,
  failed: 0,
  blocked: 0,
  cancelled: 0,
  unmet: 0,
};

export function addCounts(counts: ItemCounts, deltas: Partial<ItemCounts>): ItemCounts {
  const add = (key: keyof ItemCounts) => counts[key] + (deltas[key] ?? 0);
  return {
    queued: add("queued"),
    running: add("running"),
    waiting: add("waiting"),
    completed: add("completed"),
    reused: add("reused"),
    failed: add("failed"),
    blocked: add("blocked"),
    cancelled: add("cancelled"),
    unmet: add("unmet"),
  };
}
