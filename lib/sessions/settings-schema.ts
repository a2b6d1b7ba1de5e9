import { z } from "zod";
import { LANES } from "@/lib/batches/constants";
import { MAX_PROMPT_CHARS } from "@/lib/prompts/constants";
import { DEFAULT_PROVIDER } from "./constants";

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

/** What a paid or self-hosted model is asked for. Which of it a model takes, its capabilities say. */
export const providerSettingsSchema = z.strictObject({
  quality: z.enum(["auto", "low", "medium", "high", "xhigh", "max"]),
  /** `source`: the source's own proportions at about a megapixel; or WxH; or the provider's choice. */
  size: z.union([z.enum(["source", "auto"]), z.string().regex(/^\d{2,5}x\d{2,5}$/)]),
  background: z.enum(["auto", "opaque", "transparent"]),
  moderation: z.enum(["auto", "low"]),
  complexity: z.enum(["low", "medium", "high"]).nullable(),
  seed: z.int().min(0).max(4_294_967_295).nullable(),
  negativePrompt: z.string().max(2_000),
  steps: z.int().min(1).max(150).nullable(),
});

export const sessionSettingsSchema = z.strictObject({
  /** Which way the work goes: `studio`, `env`, or the id of a connection. */
  connection: z.string().min(1).max(64).default("studio"),
  model: z.string().min(1).max(120),
  provider: providerSettingsSchema.default(DEFAULT_PROVIDER),
  /** Now, or within 24 hours for half the price. Steps whose model has no economy lane go live. */
  lane: z.enum(LANES).default("live"),
  /** Items of this session at the same time; null: as many as there are slots. 1 is a strict sequence. */
  parallel: z.int().min(1).max(256).nullable().default(null),
  /** Use results that were made before from the same bytes, prompt and parameters. */
  reuse: z.boolean().default(true),
  /** After a paid call whose outcome nobody knows: one more call, or ask. */
  whenUnknown: z.enum(["repeat", "ask"]).default("repeat"),
  /** Rehearsed bad days of the built-in model. */
  practice: z.enum(["off", "some", "many"]).default("off"),
  output: outputSchema,
  /** Name pattern of results: {source} {n} {session} (lib/zip/names). */
  namePattern: z.string().trim().min(1).max(120),
});

export const promptSchema = z.string().max(MAX_PROMPT_CHARS);
