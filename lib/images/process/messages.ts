import { z } from "zod";
import { MODEL_ERROR_CODES } from "@/lib/models/types";
import { outputSchema } from "@/lib/sessions/settings-schema";
import { IMAGE_FORMATS, IMAGE_NOTICES, REFUSAL_CODES, THUMB_SIZES } from "../types";

// What crosses the process border. Both sides parse: the far side may have been taken over by a hostile file.

const sourceImageSchema = z.object({
  path: z.string(),
  format: z.enum(IMAGE_FORMATS),
  width: z.int().positive(),
  height: z.int().positive(),
  alpha: z.boolean(),
});

const makeRequestSchema = z.object({
  prompt: z.string(),
  output: outputSchema,
  source: sourceImageSchema.nullable(),
  seed: z.number().nullable(),
  workDir: z.string(),
});

const prepareRequestSchema = z.object({
  path: z.string(),
  to: z.string(),
  maxEdge: z.int().positive(),
  format: z.enum(["png", "jpeg"]),
  mask: z
    .object({
      width: z.int().positive(),
      height: z.int().positive(),
      ink: z.enum(["clear", "white"]),
      maxBytes: z.int().positive(),
    })
    .optional(),
});

const fitRequestSchema = z.object({ path: z.string(), to: z.string(), output: outputSchema });

const workSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("probe"), path: z.string(), workDir: z.string() }),
  z.object({ kind: z.literal("make"), request: makeRequestSchema }),
  prepareRequestSchema.extend({ kind: z.literal("prepare") }),
  fitRequestSchema.extend({ kind: z.literal("fit") }),
]);
export type Work = z.infer<typeof workSchema>;

/** To the child. It ends itself when its memory goes beyond `maxRssBytes` during this job. */
export const jobSchema = z.object({ work: workSchema, maxRssBytes: z.number().positive() });
export type Job = z.infer<typeof jobSchema>;

const refusalSchema = z.object({
  code: z.enum(REFUSAL_CODES),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});

const probedImageSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
  format: z.enum(IMAGE_FORMATS),
  alpha: z.boolean(),
  thumbhash: z.string().max(64),
  phash: z.string().regex(/^[0-9a-f]{16}$/),
  notices: z.array(z.enum(IMAGE_NOTICES)),
  keep: z.string(),
  thumbs: z.array(z.object({ size: z.literal(THUMB_SIZES), path: z.string() })),
});

const probeResultSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), image: probedImageSchema }),
  z.object({ ok: z.literal(false), refusal: refusalSchema }),
]);

const madeImageSchema = z.object({
  path: z.string(),
  modelVersion: z.string(),
  requestId: z.string().nullable(),
  usage: z.record(z.string(), z.number()).nullable(),
  cost: z.number(),
  used: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  notes: z.array(z.string()),
});

const sizeSchema = z.object({ width: z.int().positive(), height: z.int().positive() });
const preparedSchema = sizeSchema.extend({ bytes: z.int().positive() });

const modelFailureSchema = z.object({
  type: z.literal("model"),
  code: z.enum(MODEL_ERROR_CODES),
  words: z.string(),
  extra: z.object({
    details: z.string().optional(),
    retryAfterMs: z.number().optional(),
    charge: z.enum(["none", "charged", "maybe"]).optional(),
  }),
});

/** Anything else that was thrown; `code` is the system's (ENOSPC, ENOENT). */
const otherFailureSchema = z.object({
  type: z.literal("other"),
  message: z.string(),
  code: z.string().optional(),
});

const failureSchema = z.discriminatedUnion("type", [modelFailureSchema, otherFailureSchema]);
export type Failure = z.infer<typeof failureSchema>;

/** From the child. `rssBytes` is what it holds after the job. */
export const replySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("over-memory") }),
  z.object({ kind: z.literal("probed"), result: probeResultSchema, rssBytes: z.number() }),
  z.object({ kind: z.literal("made"), image: madeImageSchema, rssBytes: z.number() }),
  z.object({ kind: z.literal("prepared"), prepared: preparedSchema, rssBytes: z.number() }),
  z.object({ kind: z.literal("fitted"), size: sizeSchema, rssBytes: z.number() }),
  z.object({ kind: z.literal("failed"), failure: failureSchema, rssBytes: z.number() }),
]);
export type Reply = z.infer<typeof replySchema>;
export type Finished = Extract<Reply, { rssBytes: number }>;
