import type { ItemRow } from "@/lib/items/wire";
import { formatMoney } from "@/lib/money";
import type { SessionPulse } from "@/lib/sessions/wire";
import { countWords, plural } from "@/lib/words";

/** What can be done about a run that stands still, beside Resume. */
export type PauseRemedy = "resume" | "raise-stop" | "month" | "providers" | "finish";

export type PauseWords = { happened: string; kept: string; todo: string; remedies: readonly PauseRemedy[] };

type Reason = NonNullable<SessionPulse["pauseReason"]>;

/**
 * What happened, what was kept, what to do (UX.md 2.7, 11 and 12). `cause`: what the provider's own refusal was made
 * into, where an image still carries it.
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
    default:
      return {
        happened: "The run stands still.",
        kept,
        todo: "Press Resume to go on.",
        remedies: ["resume"],
      };
  }
}

/** The words of the image that made the run stop; null when none carries them any more. */
export function pauseCause(items: Iterable<ItemRow>, reason: string | null): string | null {
  for (const { error } of items) {
    if (error && error.code === reason) return error.words;
  }
  return null;
}

function running(count: number): string {
  return count === 1
    ? "1 image at the provider finishes."
    : `${countWords(count)} images at the provider finish.`;
}
