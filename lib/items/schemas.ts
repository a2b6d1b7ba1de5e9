import { z } from "zod";
import { promptSchema } from "@/lib/sessions/settings-schema";

const itemIds = z.array(z.uuid()).min(1).max(10_000);

export const retrySchema = z.strictObject({
  sessionId: z.uuid(),
  itemIds: z.union([itemIds, z.literal("failed")]),
  prompt: promptSchema.optional(),
});

export const regenerateSchema = z.strictObject({
  sessionId: z.uuid(),
  itemIds,
  prompt: promptSchema.optional(),
});

export const chooseAttemptSchema = z.strictObject({ itemId: z.uuid(), attemptId: z.uuid() });
