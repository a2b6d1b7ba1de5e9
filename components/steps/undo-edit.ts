import { MAX_STEPS } from "@/lib/steps/constants";
import { addStep } from "@/lib/steps/edit-chain";
import type { ChainStep } from "@/lib/steps/types";

/**
 * The chain as it was before an edit of its order, with what was written into its steps since. Steps that came since
 * stay, at the end, as far as there is room.
 */
export function undoEdit(before: readonly ChainStep[], now: readonly ChainStep[]): ChainStep[] {
  const since = new Map(now.map((step) => [step.id, step]));
  const known = new Set(before.map(({ id }) => id));
  let chain = before.map((step) => {
    const { prompt, settings, enabled } = since.get(step.id) ?? step;
    return { ...step, prompt, settings, enabled };
  });
  for (const step of now) {
    if (known.has(step.id) || chain.length >= MAX_STEPS) continue;
    chain = addStep(chain, { ...step, source: chain.length, references: [] }).chain;
  }
  return chain;
}
