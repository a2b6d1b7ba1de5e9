import type { SessionState } from "@/db/schema/sessions";
import type { ItemCounts } from "./wire";

const NEXT: Record<SessionState, readonly SessionState[]> = {
  draft: ["scheduled", "running"],
  scheduled: ["draft", "running"],
  running: ["paused", "finished", "cancelled"],
  paused: ["running", "finished", "cancelled"],
  finished: ["running"],
  cancelled: ["running"],
};

/** Whether a session may go from one state to the other. Finished and cancelled go back to running by a retry. */
export function mayBecome(from: SessionState, to: SessionState): boolean {
  return NEXT[from].includes(to);
}

/** Items with work under way or to come. */
export function openItems(counts: ItemCounts): number {
  return counts.queued + counts.running + counts.waiting;
}

export function totalItems(counts: ItemCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** What a session is once its counts changed: the last settled item finishes it. */
export function stateAfter(state: SessionState, counts: ItemCounts): SessionState {
  const going = state === "running" || state === "paused";
  return going && openItems(counts) === 0 ? "finished" : state;
}
