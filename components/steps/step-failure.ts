import { needsOtherWords } from "@/components/items/failure-groups";
import type { ItemRow } from "@/lib/items/wire";
import { ORIGINAL } from "@/lib/steps/constants";
import type { ChainStep } from "@/lib/steps/types";
import type { ChainFrame } from "./chain-frames";
import { placeName, placeWords } from "./step-words";

/** A step that failed, and what it holds up. */
export type StepFailure = {
  place: number;
  item: ItemRow;
  /** Places of the steps that were not run because of it, in order. */
  heldUp: number[];
  /** Whose picture they could use instead: what the failed step worked on. */
  instead: number;
  /** Other words are more likely to help than the same again. */
  needsOtherWords: boolean;
};

/** The first failure of a chain: what comes after it waits for it. */
export function firstFailure(frames: readonly ChainFrame[]): StepFailure | null {
  for (const { item, step, place, fedBy } of frames) {
    if (!step.enabled || !item || (item.status !== "failed" && item.status !== "blocked")) continue;
    const heldUp = frames.flatMap((other) =>
      other.item?.status === "unmet" && other.item.needs === place ? other.place : [],
    );
    return { place, item, heldUp, instead: fedBy[0] ?? ORIGINAL, needsOtherWords: needsOtherWords(item) };
  }
  return null;
}

/** What happened and what was kept (UX.md 2.7, 17). */
export function failureWords({ place, item, heldUp, instead }: StepFailure): {
  happened: string;
  why: string;
  kept: string;
} {
  const [first, ...more] = heldUp;
  const after = more.length > 0 ? ` Not run after it: ${more.map(placeName).join(", ")}.` : "";
  return {
    happened:
      first === undefined
        ? `Step ${place} failed.`
        : `Step ${first} uses Step ${place}, which failed.${after}`,
    why: sentence(item.error?.words ?? "It gave no reason"),
    kept:
      instead === ORIGINAL
        ? "The original and your steps are kept."
        : `${placeName(instead)} and its result are kept.`,
  };
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}

/** "Use Step 1 instead" */
export function insteadLabel(failure: StepFailure): string {
  return `Use ${placeWords(failure.instead)} instead`;
}

/** The chain whose steps use what the failed one worked on; the failed one stays where it is. */
export function passBy(steps: readonly ChainStep[], { place, instead }: StepFailure): ChainStep[] {
  const swap = (used: number) => (used === place ? instead : used);
  return steps.map((step) => {
    const source = swap(step.source);
    const references = [...new Set(step.references.map(swap))].filter((used) => used !== source);
    return { ...step, source, references };
  });
}
