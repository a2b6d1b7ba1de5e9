import { MAX_STEPS, ORIGINAL } from "@/lib/steps/constants";
import type { EditedChain } from "@/lib/steps/edit-chain";
import type { ChainStep } from "@/lib/steps/types";

const LONGEST_TITLE = 40;

/** A step's name from its prompt: its first sentence, cut at a word. Empty without a prompt. */
export function stepTitle(prompt: string): string {
  const [first = ""] = prompt.trim().split(/[.;:\n]/, 1);
  const words = first.trim().replace(/\s+/g, " ");
  if (words.length <= LONGEST_TITLE) return capital(words);
  const cut = words.slice(0, LONGEST_TITLE + 1);
  return `${capital(cut.slice(0, Math.max(cut.lastIndexOf(" "), 1)))}…`;
}

/** "Original" or "Step 2", as a label. */
export function placeName(place: number): string {
  return place === ORIGINAL ? "Original" : `Step ${place}`;
}

/** The same within a sentence. */
export function placeWords(place: number): string {
  return place === ORIGINAL ? "the original" : `Step ${place}`;
}

/**
 * "Input: Step 1"; when that one is disabled, whose picture goes in instead: "Input: Step 2, disabled: uses Step 1".
 * `fed` is the place whose picture really goes in.
 */
export function inputWords({ source, references }: ChainStep, fed: number): string {
  const more = references.length > 0 ? ` + ${references.map(placeName).join(", ")}` : "";
  if (fed === source) return `Input: ${placeName(source)}${more}`;
  return `Input: ${placeName(source)}, disabled: uses ${placeWords(fed)}${more}`;
}

/** "Step 2 now uses Step 1. Step 3 now uses the original."; null when nothing else had to change. */
export function repointedWords({ chain, repointed }: EditedChain): string | null {
  const words = repointed.flatMap((place) => {
    const step = chain[place - 1];
    if (!step) return [];
    const used = [step.source, ...step.references].map(placeWords);
    return `Step ${place} now uses ${used.join(" and ")}.`;
  });
  return words.length > 0 ? words.join(" ") : null;
}

/** "4 of 7 steps" */
export function countOfSteps(count: number): string {
  return `${count} of ${MAX_STEPS} steps`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
