import type { z } from "zod";
import type { HalfPriced } from "@/lib/sessions/wire";
import type { chainRunSchema, chainStepSchema, stepContentSchema, stepSettingsSchema } from "./schemas";

export type StepSettings = z.infer<typeof stepSettingsSchema>;

/** A step without its place: what a recipe keeps. */
export type StepContent = z.infer<typeof stepContentSchema>;

/** A step of a session's chain. Its place is its index + 1; `source` and `references` name places, 0 the original. */
export type ChainStep = z.infer<typeof chainStepSchema>;

export type ChainRun = z.infer<typeof chainRunSchema>;

/** GET /api/sessions/:id/chain — a session's chain as it is now. */
export type ChainAnswer = { chainVersion: number; steps: ChainStep[] };

/** GET /api/sessions/:id/run-plan?run=all|step|from&stepId=… — what a run would make. Amounts are micro-dollars. */
export type RunPlan = {
  items: number;
  /** Places of the steps that would run. */
  steps: number[];
  price: { min: number; max: number };
  /** The part that waits for batches. */
  later: HalfPriced;
};
