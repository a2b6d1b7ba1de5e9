import type { SessionState } from "@/db/schema/sessions";
import type { BatchView } from "@/lib/batches/types";
import { countWords, plural } from "@/lib/words";
import type { EconomyItems } from "./economy-items";

type Facts = {
  batches: readonly BatchView[];
  items: EconomyItems;
  state: SessionState;
  /** What the counts of the session count. */
  unit: "image" | "result";
};

export type BatchWords = {
  /** Whole sentences. */
  now: string;
  /** By when the first batch at the provider ends, ms since 1970; null: none is there. */
  due: { at: number; words: string } | null;
  rest: string;
  /** What went wrong with the newest batch. */
  trouble: string | null;
};

/** Where the half-price lane of a session stands. */
export function batchWords({ batches, items, state, unit }: Facts): BatchWords {
  const goesOn = state === "running" || state === "paused";
  const sent = batches.filter((batch) => batch.state === "sent" && !batch.cancelling);
  const due = sent.flatMap(({ expiresAt }) => expiresAt ?? []);
  const sentences = [
    fillingWords(batches.filter(isFilling)),
    // Of a run that is over all results are here; what is left to do is at the provider.
    goesOn ? endingWords(batches.filter((batch) => batch.state === "ending")) : null,
    cancellingWords(batches.filter(isCalledOff)),
    leavingWords(items.leaving, unit),
    waitingWords(items.waiting, { state, unit, isLater: unit === "result" && batches.some(isOpen) }),
  ].flatMap((words) => words ?? []);
  const atProvider = sentWords(sent);
  const words = atProvider ? [atProvider, ...sentences] : sentences;
  const [now = "Nothing is left in it.", ...rest] = words;
  return {
    now,
    due:
      due.length > 0
        ? { at: Math.min(...due), words: due.length === 1 ? "It is due by" : "The first is due by" }
        : null,
    rest: rest.join(" "),
    trouble: batches[0]?.words ?? null,
  };
}

/** Batches that would be cancelled with the session, or by moving all of it. */
export function openBatches(batches: readonly BatchView[]): BatchView[] {
  return batches.filter(isOpen);
}

function isOpen({ state, cancelling }: BatchView): boolean {
  return state !== "settled" && state !== "ending" && !cancelling;
}

function isFilling({ state, cancelling }: BatchView): boolean {
  return !cancelling && (state === "filling" || state === "uploaded" || state === "creating");
}

function isCalledOff({ state, cancelling }: BatchView): boolean {
  return cancelling && state !== "ending" && state !== "settled";
}

function sentWords(sent: readonly BatchView[]): string | null {
  if (sent.length === 0) return null;
  const sum = (key: "lines" | "done" | "failed") => sent.reduce((total, batch) => total + batch[key], 0);
  const failed = sum("failed") > 0 ? `, ${countWords(sum("failed"))} failed` : "";
  return `${batchCount(sent)} at the provider, ${countWords(sum("done"))} of ${countWords(sum("lines"))} done${failed}.`;
}

function fillingWords(filling: readonly BatchView[]): string | null {
  if (filling.length === 0) return null;
  return `${batchCount(filling)} ${isOrAre(filling.length)} being put together.`;
}

function endingWords(ending: readonly BatchView[]): string | null {
  return ending.length === 0 ? null : `The results of ${batchCount(ending)} are being stored.`;
}

function cancellingWords(cancelling: readonly BatchView[]): string | null {
  if (cancelling.length === 0) return null;
  return `${batchCount(cancelling)} ${isOrAre(cancelling.length)} being cancelled: what is made by then is kept and paid for.`;
}

function leavingWords(leaving: number, unit: Facts["unit"]): string | null {
  if (leaving === 0) return null;
  return `${plural(leaving, unit)} ${leaving === 1 ? "leaves its batch and is" : "leave their batches and are"} made now.`;
}

type Waiting = Pick<Facts, "state" | "unit"> & {
  /** Most of it waits for what is in batches now. */
  isLater: boolean;
};

function waitingWords(waiting: number, { state, unit, isLater }: Waiting): string | null {
  if (waiting === 0) return null;
  const who = `${plural(waiting, unit)} ${waiting === 1 ? "waits" : "wait"}`;
  if (state === "paused") return `${who}.`;
  return isLater ? `${who} for later batches.` : `${who} for the next batch.`;
}

export function batchCount(batches: readonly unknown[]): string {
  return plural(batches.length, "batch", "batches");
}

function isOrAre(count: number): string {
  return count === 1 ? "is" : "are";
}
