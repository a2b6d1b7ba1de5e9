import type { ItemRow } from "@/lib/items/wire";
import { formatMoney } from "@/lib/money";
import type { SessionPulse } from "@/lib/sessions/wire";
import { countWords, plural } from "@/lib/words";

/** What can be done about a run that stands still, beside Resume. */
export type PauseRemedy = "resume" | "live" | "raise-stop" | "month" | "providers" | "finish";

export type PauseWords = { happened: string; kept: string; todo: string; remedies: readonly PauseRemedy[] };

type Reason = NonNullable<SessionPulse["pauseReason"]>;

/**
 * What happened, what was kept, what to do (UX.md 2.7, 11 and 12). `cause`: what the provider's own refusal was made
 * into, where an image or a batch still carries it.
 */
export function pauseWords(pulse: SessionPulse & { pauseReason: Reason }, cause: string | null): PauseWords {
  const { counts } = pulse;
  const waits = counts.queued + counts.waiting;
  const results = plural(counts.completed + counts.reused, "result");
  const kept = `${results} kept; ${countWords(waits)} ${waits === 1 ? "waits" : "wait"}.`;
  const still =
    counts.running > 0 ? `${results}. ${running(counts.running)}` : `${results}. Nothing is running.`;
  switch (pulse.pauseReason) {
    case "storage":
      return {
        happened: "The disk is full or cannot be written to.",
        kept,
        todo: "Make room; the run goes on by itself, or press Resume.",
        remedies: ["resume"],
      };
    case "auth":
      return {
        happened: cause ?? "The provider refused your key.",
        kept,
        todo: "Put the connection right, then resume.",
        remedies: ["providers", "resume", "finish"],
      };
    case "quota_exhausted":
      return {
        happened: cause ?? "The provider refused your key: no credit is left.",
        kept,
        todo: "Add credit at the provider, then resume.",
        remedies: ["resume", "providers", "finish"],
      };
    case "budget":
      return {
        happened: `The run reached its stop${pulse.budget === null ? "" : ` at ${formatMoney(pulse.budget)}`}.`,
        kept: still,
        todo: "",
        remedies: ["raise-stop", "finish"],
      };
    case "month_budget":
      return {
        happened: "This month's limit is reached.",
        kept: still,
        todo: "Raise the limit, or resume next month.",
        remedies: ["month", "resume", "finish"],
      };
    case "connection":
      return {
        happened: cause ?? "The connection of this run is not there any more.",
        kept,
        todo: "Nothing more was sent.",
        remedies: ["providers", "resume", "finish"],
      };
    case "economy":
      return {
        happened: cause ?? "The provider takes no batches of this model.",
        kept,
        // Its batch says so itself.
        todo: cause ? "" : "Go on now at the full price, or resume to try batches again.",
        remedies: ["live", "resume", "finish"],
      };
    default:
      return {
        happened: "The run stands still.",
        kept,
        todo: "Press Resume to go on.",
        remedies: ["resume"],
      };
  }
}

/** The words of the image or the batch that made the run stop; null when none carries them any more. */
export function pauseCause(
  items: Iterable<ItemRow>,
  { pauseReason: reason, batches }: Pick<SessionPulse, "pauseReason" | "batches">,
): string | null {
  if (reason === "economy") return batches.find(({ words }) => words !== null)?.words ?? null;
  for (const { error } of items) {
    if (error && error.code === reason) return error.words;
  }
  return null;
}

/** A pause that was asked for: what is kept, and what still comes. `inBatches` of what runs are in batches. */
export function askedPauseWords(
  { counts }: Pick<SessionPulse, "counts">,
  { inBatches, unit }: { inBatches: number; unit: "image" | "result" },
): string {
  const waiting = counts.queued + counts.waiting;
  const made = counts.running - inBatches;
  const keep = `; ${plural(waiting, unit)} ${waiting === 1 ? "keeps its" : "keep their"} place`;
  return [
    `Paused. ${plural(counts.completed + counts.reused, "result")} kept${waiting > 0 ? keep : ""}.`,
    made > 0 && `${plural(made, unit)} being made now will finish.`,
    inBatches > 0 && `Batches at the provider go on: ${plural(inBatches, unit)} will come back from them.`,
  ]
    .filter(Boolean)
    .join(" ");
}

function running(count: number): string {
  return count === 1
    ? "1 image at the provider finishes."
    : `${countWords(count)} images at the provider finish.`;
}
