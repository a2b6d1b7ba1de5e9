import { z } from "zod";
import { MAX_PROMPT_CHARS } from "@/lib/prompts/constants";

export const outputSchema = z.strictObject({
  format: z.enum(["png", "jpeg", "webp"]),
  /** 1 to 100; PNG is lossless and takes no notice of it. */
  quality: z.int().min(1).max(100),
  size: z.discriminatedUnion("mode", [
    z.strictObject({ mode: z.literal("keep") }),
    z.strictObject({ mode: z.literal("long-edge"), pixels: z.int().min(16).max(8192) }),
    z.strictObject({
      mode: z.literal("exact"),
      width: z.int().min(16).max(8192),
      height: z.int().min(16).max(8192),
      /** Colour of the padding; 'transparent' becomes white where the format has no alpha. */
      pad: z.union([z.literal("transparent"), z.string().regex(/^#[0-9a-f]{6}$/i)]),
    }),
  ]),
});

export const sessionSettingsSchema = z.strictObject({
  model: z.string().min(1).max(120),
  output: outputSchema,
  /** Name pattern of results: {source} {n} {session} (lib/zip/names). */
  namePattern: z.string().trim().min(1).max(120),
});

const sessionNameSchema = z.string().trim().min(1).max(120);
export const promptSchema = z.string().max(MAX_PROMPT_CHARS);

const sessionId = z.uuid();

export const sessionIdSchema = z.strictObject({ sessionId });

export const createSessionSchema = z.strictObject({
  intent: z.uuid(),
  name: sessionNameSchema.optional(),
  prompt: promptSchema.optional(),
  settings: sessionSettingsSchema.optional(),
});

export const renameSessionSchema = z.strictObject({ sessionId, name: sessionNameSchema });

export const saveDraftSchema = z.strictObject({
  sessionId,
  draftVersion: z.int().min(0),
  prompt: promptSchema.optional(),
  settings: sessionSettingsSchema.optional(),
});

export const startSessionSchema = z.strictObject({ sessionId, leaveOut: z.boolean().optional() });
