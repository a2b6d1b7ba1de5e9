import { Ban, CircleCheck, CircleX, LoaderCircle, type LucideIcon, Pause, Pencil } from "lucide-react";
import type { Tone } from "@/components/ui/pill";
import type { SessionState } from "@/db/schema/sessions";
import type { ItemCounts, SessionPulse } from "@/lib/sessions/wire";
import { countWords } from "@/lib/words";

/** Items that have come to an end, whichever. */
export function settledCount(counts: ItemCounts): number {
  return counts.completed + counts.reused + counts.failed + counts.blocked + counts.cancelled + counts.unmet;
}

export function failedCount(counts: ItemCounts): number {
  return counts.failed + counts.blocked;
}

/** Pill of a session. */
export function stateWords(
  state: SessionState,
  counts: ItemCounts,
): { tone: Tone; icon: LucideIcon; text: string; turning?: boolean } {
  const failed = failedCount(counts);
  switch (state) {
    case "draft":
    case "scheduled":
      return { tone: "idle", icon: Pencil, text: "Draft" };
    case "running":
      return { tone: "run", icon: LoaderCircle, text: "Running", turning: true };
    case "paused":
      return { tone: "warn", icon: Pause, text: counts.running > 0 ? "Pausing" : "Paused" };
    case "cancelled":
      return { tone: "idle", icon: Ban, text: counts.running > 0 ? "Cancelling" : "Cancelled" };
    case "finished":
      return failed > 0
        ? { tone: "err", icon: CircleX, text: `Finished with ${countWords(failed)} failed` }
        : { tone: "ok", icon: CircleCheck, text: "Finished" };
  }
}

/** One whole sentence for assistive technology: "812 of 1,204 done, 31 failed." */
export function progressSentence(
  { state, counts }: Pick<SessionPulse, "state" | "counts">,
  total: number,
): string {
  const failed = failedCount(counts);
  const done = `${countWords(settledCount(counts))} of ${countWords(total)} done`;
  const tail = failed > 0 ? `, ${countWords(failed)} failed` : "";
  if (state === "finished") return `Finished: ${done}${tail}.`;
  if (state === "paused") return `Paused: ${done}${tail}.`;
  if (state === "cancelled") {
    return `Cancelled: ${countWords(counts.completed + counts.reused)} of ${countWords(total)} made${tail}.`;
  }
  return `${done}${tail}.`;
}

/** Whether the sentence is worth saying again: after a tenth more, half a minute, or another state. */
export function isWorthSaying(
  said: { state: SessionState; done: number; at: number },
  now: { state: SessionState; done: number; at: number },
  total: number,
): boolean {
  if (said.state !== now.state) return true;
  if (said.done === now.done) return false;
  return now.at - said.at >= 30_000 || now.done - said.done >= Math.max(1, total / 10);
}
