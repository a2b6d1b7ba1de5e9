import { type ItemRow, untriedRow } from "@/lib/items/wire";
import type { ChainStep } from "@/lib/steps/types";

export function aStep(id: string, over: Partial<ChainStep> = {}): ChainStep {
  return { id, prompt: "", settings: null, source: 0, references: [], enabled: true, ...over };
}

/** A finished result of the step at `stepPosition`. */
export function aResult(stepPosition: number, over: Partial<ItemRow> = {}): ItemRow {
  return untriedRow({
    id: `item ${stepPosition}`,
    inputId: "input",
    position: 1,
    stepPosition,
    status: "completed",
    attemptCount: 1,
    imageId: `image ${stepPosition}`,
    width: 400,
    height: 300,
    tookMs: 900,
    ...over,
  });
}
