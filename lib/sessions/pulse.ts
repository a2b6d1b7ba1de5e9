import type { Session } from "@/db/schema";
import type { BatchView } from "@/lib/batches/types";
import { etaMs } from "./estimate";
import { openItems } from "./status";
import type { ItemCounts, SessionPulse, SessionSlots } from "./wire";

/** The part of a session that changes while it is looked at. */
export function pulseOf(
  session: Session,
  { counts, slots, batches }: { counts: ItemCounts; slots: SessionSlots | null; batches: BatchView[] },
): SessionPulse {
  return {
    state: session.state,
    pauseReason: session.pauseReason,
    counts,
    spend: session.spend,
    maybeSpend: session.maybeSpend,
    reserved: session.reserved,
    budget: session.budget,
    chainVersion: session.chainVersion,
    slots,
    batches,
    etaMs: isEconomy(session)
      ? null
      : etaMs({
          open: openItems(counts),
          running: counts.running,
          finished: counts.completed + counts.reused,
          workMs: session.workMs,
          perMinute: slots?.ratePerMinute,
        }),
  };
}

/** A provider says nothing of when a batch will be made, but that it ends within 24 hours. */
function isEconomy({ snapshot }: Session): boolean {
  return snapshot?.settings.lane === "economy";
}

/**
 * When to ask again, ms; null: nothing changes by itself. Quick while a run is young, calm when everything waits
 * (UX.md section 5 measured the ends).
 */
export function nextPollMs(
  session: Pick<Session, "state" | "startedAt">,
  {
    counts,
    openInputs,
    batches = [],
    now,
  }: { counts: ItemCounts; openInputs: number; batches?: readonly BatchView[]; now: number },
): number | null {
  if (session.state === "draft") return openInputs > 0 ? 1_000 : null;
  if (counts.running === 0 && session.state !== "running") return null;
  if (counts.running === 0 && counts.queued === 0) return 15_000;
  if (isAllSent(counts, batches)) return 10_000;
  const age = now - (session.startedAt?.getTime() ?? 0);
  return age < 20_000 ? 1_000 : 2_000;
}

/** Everything that is left is in the provider's hands. */
function isAllSent(counts: ItemCounts, batches: readonly BatchView[]): boolean {
  const lines = batches.reduce((sum, batch) => sum + (batch.state === "sent" ? batch.lines : 0), 0);
  return counts.running > 0 && counts.queued + counts.waiting === 0 && lines >= counts.running;
}
