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
