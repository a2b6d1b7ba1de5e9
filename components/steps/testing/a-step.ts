import type { ItemRow } from "@/lib/items/wire";
import type { ChainStep } from "@/lib/steps/types";

export function aStep(id: string, over: Partial<ChainStep> = {}): ChainStep {
  return { id, prompt: "", settings: null, source: 0, references: [], enabled: true, ...over };
}

/** A finished result of the step at `stepPosition`. */
export function aResult(stepPosition: number, over: Partial<ItemRow> = {}): ItemRow {
  return {
    id: `item ${stepPosition}`,
    inputId: "input",
    position: 1,
    variant: 1,
    stepPosition,
    status: "completed",
    review: "none",
    attemptCount: 1,
    imageId: `image ${stepPosition}`,
    width: 400,
    height: 300,
    alpha: false,
    thumbhash: null,
    tookMs: 900,
    cost: 0,
    maybeCost: 0,
    reusedFrom: null,
    error: null,
    dueAt: null,
    startedAt: null,
    ownPrompt: false,
    stale: false,
    needs: null,
    notes: [],
    ...over,
  };
}
