import { ORIGINAL } from "./constants";
import type { ChainStep } from "./types";

/** How the chain that is saved differs from the one a writer has, for people: one clause for each step, at most four. */
export function describeChanges(saved: readonly ChainStep[], mine: readonly ChainStep[]): string {
  const clauses = [
    ...saved.flatMap((step, at) => changesOf(step, at + 1, mine)),
    ...mine.flatMap((step, at) =>
      saved.some(({ id }) => id === step.id) ? [] : [`your step ${at + 1} is not in it`],
    ),
  ];
  const shown = clauses.slice(0, 4);
  const more = clauses.length - shown.length;
  if (shown.length === 0) return "it was saved again as you have it";
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function changesOf(step: ChainStep, place: number, mine: readonly ChainStep[]): string[] {
  const own = mine.findIndex(({ id }) => id === step.id);
  const before = mine[own];
  if (!before) return [`step ${place} (${quoted(step.prompt)}) is new`];
  const changed = [
    own + 1 === place ? null : `was your step ${own + 1}`,
    step.prompt === before.prompt ? null : `reads ${quoted(step.prompt)}`,
    same(step.settings, before.settings) ? null : "has other settings",
    step.source === before.source ? null : `works on ${sourceWords(step.source)}`,
    same(step.references, before.references) ? null : "has other references",
    step.enabled === before.enabled ? null : `is switched ${step.enabled ? "on" : "off"}`,
  ].filter((one) => one !== null);
  return changed.length > 0 ? [`step ${place} ${changed.join(" and ")}`] : [];
}

function quoted(prompt: string | null): string {
  const text = (prompt ?? "").trim().replace(/\s+/g, " ");
  if (text === "") return "no prompt";
  return `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;
}

function sourceWords(source: number): string {
  return source === ORIGINAL ? "the original" : `step ${source}`;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
