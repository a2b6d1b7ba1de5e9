import { z } from "zod";
import { promptSchema } from "@/lib/sessions/schemas";
import { MAX_REGISTER } from "./constants";

export const registerSchema = z.strictObject({
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

const inputIds = z.array(z.uuid()).min(1).max(10_000);

export const inputIdsSchema = z.strictObject({ sessionId: z.uuid(), inputIds });

export const removeMatchingSchema = z.strictObject({
  sessionId: z.uuid(),
  match: z.enum(["refused", "duplicates", "missing", "all"]),
});

export const inputPromptSchema = z.strictObject({
  sessionId: z.uuid(),
  inputIds,
  mode: z.enum(["inherit", "append", "replace"]),
  prompt: promptSchema,
});
