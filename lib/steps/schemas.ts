import { z } from "zod";
import {
  outputSchema,
  promptSchema,
  providerSettingsSchema,
  sessionSettingsSchema,
} from "@/lib/sessions/settings-schema";
import { MAX_STEPS, ORIGINAL } from "./constants";

/** What a step has of its own; what is missing is the session's. */
export const stepSettingsSchema = z.strictObject({
  connection: sessionSettingsSchema.shape.connection.unwrap().optional(),
  model: sessionSettingsSchema.shape.model.optional(),
  provider: providerSettingsSchema.optional(),
  output: outputSchema.optional(),
});

/** The place of an earlier step, or 0 for the original. */
const earlier = z
  .int()
  .min(ORIGINAL)
  .max(MAX_STEPS - 1);

/** What a recipe keeps of a step. */
export const stepContentSchema = z.strictObject({
  /** Null: the session's prompt. */
  prompt: promptSchema.nullable(),
  settings: stepSettingsSchema.nullable(),
  source: earlier,
  references: z.array(earlier).max(15),
  enabled: z.boolean(),
});

const EMPTY = "A chain has at least one step. Add one.";
const FULL = `A chain has at most ${MAX_STEPS} steps. Remove one, or go on from the results in a new session.`;

/** Steps in order; each works on the original or on the output of a step before it. */
export const chainContentSchema = z
  .array(stepContentSchema)
  .min(1, EMPTY)
  .max(MAX_STEPS, FULL)
  .superRefine(refuseForward);

export const chainStepSchema = stepContentSchema.extend({ id: z.uuid() });

export const chainSchema = z
  .array(chainStepSchema)
  .min(1, EMPTY)
  .max(MAX_STEPS, FULL)
  .superRefine(refuseForward)
  .refine(
    (steps) => new Set(steps.map(({ id }) => id)).size === steps.length,
    "A step is in the chain twice.",
  );

/** A step that used itself or a later one could never begin. */
function refuseForward(steps: { source: number; references: number[] }[], context: z.RefinementCtx): void {
  for (const [at, { source, references }] of steps.entries()) {
    const position = at + 1;
    const ahead = [source, ...references].find((used) => used >= position);
    if (ahead === undefined) continue;
    context.addIssue({
      code: "custom",
      path: [at],
      message: `Step ${position} can't use step ${ahead}: only the original and earlier steps are there when it runs.`,
    });
  }
}

const sessionId = z.uuid();

export const saveChainSchema = z.strictObject({
  sessionId,
  /** The version the writer saw. */
  chainVersion: z.int().min(0),
  steps: chainSchema,
  /** What all steps inherit; undefined leaves it as it is. */
  settings: sessionSettingsSchema.optional(),
});

export const chainRunSchema = z.discriminatedUnion("kind", [
  /** All that is missing, failed or out of date. */
  z.strictObject({ kind: z.literal("all") }),
  /** This step again, after what it needs. */
  z.strictObject({ kind: z.literal("step"), stepId: z.uuid() }),
  /** This step and all it feeds again, after what they need. */
  z.strictObject({ kind: z.literal("from"), stepId: z.uuid() }),
]);

export const runChainSchema = z.strictObject({
  sessionId,
  run: chainRunSchema,
  /** Only for these inputs; undefined: for all. */
  inputIds: z.array(z.uuid()).min(1).max(10_000).optional(),
});
