import { z } from "zod";
import { chainSchema } from "@/lib/steps/schemas";
import { promptSchema, sessionSettingsSchema } from "./settings-schema";

const sessionNameSchema = z.string().trim().min(1).max(120);

const sessionId = z.uuid();

export const sessionIdSchema = z.strictObject({ sessionId });

export const createSessionSchema = z.strictObject({
  intent: z.uuid(),
  kind: z.enum(["bulk", "serial"]).optional(),
  name: sessionNameSchema.optional(),
  prompt: promptSchema.optional(),
  settings: sessionSettingsSchema.optional(),
  /** Without: one step. */
  steps: chainSchema.optional(),
});

export const startFromSessionSchema = z.strictObject({
  sessionId,
  /** Made by the browser, so that a repeated press is the same session. */
  intent: z.uuid(),
  kind: z.enum(["bulk", "serial"]),
});

/** Results of a session: these items', or of all that are completed or approved. */
export const resultSetSchema = z.union([
  z.array(z.uuid()).min(1).max(10_000),
  z.enum(["completed", "approved"]),
]);

export const startFromResultsSchema = z.strictObject({
  sessionId,
  intent: z.uuid(),
  results: resultSetSchema,
});

export const renameSessionSchema = z.strictObject({ sessionId, name: sessionNameSchema });

export const saveDraftSchema = z.strictObject({
  sessionId,
  draftVersion: z.int().min(0),
  prompt: promptSchema.optional(),
  settings: sessionSettingsSchema.optional(),
});

export const startSessionSchema = z.strictObject({ sessionId, leaveOut: z.boolean().optional() });

/** Micro-dollars; null: no stop. At most a million dollars. */
export const setBudgetSchema = z.strictObject({
  sessionId,
  budget: z.int().min(1).max(1_000_000_000_000).nullable(),
});
