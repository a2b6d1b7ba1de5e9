import { MAX_PROMPT_CHARS } from "@/lib/prompts/constants";
import type { ChainRun, ChainStep } from "@/lib/steps/types";
import { needsOf, wireChain } from "@/lib/steps/wire-chain";
import { countWords } from "@/lib/words";

/** Why a run can't begin, in words; `place` of the step it is about, null when it is about none. */
export type ChainTrouble = { place: number | null; words: string };

type Given = {
  steps: readonly ChainStep[];
  run: ChainRun;
  isModelThere: (step: ChainStep) => boolean;
};

/** The first thing that speaks against a run; null: nothing does. Steps that don't take part may be unfinished. */
export function chainTrouble({ steps, run, isModelThere }: Given): ChainTrouble | null {
  if (!steps.some(({ enabled }) => enabled)) {
    return { place: null, words: "No step is enabled. Enable one or add one." };
  }
  const places = placesOf(steps, run);
  for (const [at, step] of steps.entries()) {
    const words = places.has(at + 1) ? stepTrouble(step, at + 1, isModelThere) : null;
    if (words) return { place: at + 1, words };
  }
  return null;
}

/** Places of the steps that may take part in a run: what was asked for, what it feeds, and what all that needs. */
function placesOf(steps: readonly ChainStep[], run: ChainRun): Set<number> {
  const wiring = wireChain(steps);
  const enabled = (place: number) => steps[place - 1]?.enabled === true;
  const all = steps.map((_, at) => at + 1).filter(enabled);
  if (run.kind === "all") return new Set(all);
  const places = new Set([steps.findIndex(({ id }) => id === run.stepId) + 1].filter(enabled));
  if (run.kind === "from") {
    for (const place of all) if (wiring[place - 1]?.some((fed) => places.has(fed))) places.add(place);
  }
  // Each is needed by a later one, so one way back finds all.
  for (const place of all.toReversed()) {
    if (places.has(place)) for (const need of needsOf(wiring[place - 1] ?? [])) places.add(need);
  }
  return places;
}

function stepTrouble(step: ChainStep, place: number, isModelThere: Given["isModelThere"]): string | null {
  const { prompt } = step;
  if (prompt !== null && prompt.trim() === "") return `Write a prompt for step ${place}.`;
  if (prompt !== null && prompt.length > MAX_PROMPT_CHARS) {
    return `Shorten the prompt of step ${place} by ${countWords(prompt.length - MAX_PROMPT_CHARS)} characters.`;
  }
  return isModelThere(step) ? null : `Choose a model for step ${place}.`;
}
