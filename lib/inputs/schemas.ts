import { z } from "zod";
import { promptSchema } from "@/lib/sessions/settings-schema";
import { MAX_OWN_PROMPTS, MAX_PROMPT_ROWS, MAX_REGISTER } from "./constants";

const filesSchema = z.strictObject({
  /** What the files are for. A mask is always for one input, a reference for one or (null) for all of them. */
  role: z.enum(["source", "reference", "mask"]).optional(),
  forInputId: z.uuid().nullable().optional(),
  files: z
    .array(
      z.strictObject({
        clientId: z.uuid(),
        /** Kept for display as it is; longer names are cut. */
        name: z.string().min(1).max(1_000),
        path: z.string().max(2_000),
        bytes: z.int().min(0),
        modified: z.number().nullable(),
      }),
    )
    .min(1)
    .max(MAX_REGISTER),
});

export const registerSchema = filesSchema
  .refine(({ role = "source", forInputId }) => role !== "source" || !forInputId)
  .refine(({ role, forInputId, files }) => role !== "mask" || (forInputId && files.length === 1));

export const promptRowsSchema = z.strictObject({
  rows: z
    .array(z.strictObject({ clientId: z.uuid(), prompt: promptSchema.trim().min(1) }))
    .min(1)
    .max(MAX_PROMPT_ROWS),
});

export const copyMaskSchema = z.strictObject({
  sessionId: z.uuid(),
  maskId: z.uuid(),
  inputIds: z.array(z.uuid()).min(1).max(10_000),
});

const inputIds = z.array(z.uuid()).min(1).max(10_000);

export const inputIdsSchema = z.strictObject({ sessionId: z.uuid(), inputIds });

export const excludeInputsSchema = inputIdsSchema.extend({ excluded: z.boolean() });

export const removeMatchingSchema = z.strictObject({
  sessionId: z.uuid(),
  match: z.enum(["refused", "duplicates", "missing", "all"]),
});

/** A prompt for each of several images; a request's share of them. */
export const inputPromptsSchema = z.strictObject({
  sessionId: z.uuid(),
  prompts: z
    .array(z.strictObject({ inputId: z.uuid(), prompt: promptSchema }))
    .min(1)
    .max(MAX_OWN_PROMPTS),
});

export const inputPromptSchema = z.strictObject({
  sessionId: z.uuid(),
  inputIds,
  mode: z.enum(["inherit", "append", "replace"]),
  prompt: promptSchema,
});
