import { z } from "zod";
import { batchPlanSchema } from "./batches/plan";

const latencySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("fixed"), ms: z.number().min(0) }),
  z.object({ kind: z.literal("uniform"), minMs: z.number().min(0), maxMs: z.number().min(0) }),
  z.object({
    kind: z.literal("lognormal"),
    medianMs: z.number().min(0),
    /** Spread of the logarithm: 0.3 is calm, 1 has a long tail. */
    sigma: z.number().min(0),
    maxMs: z.number().min(0).optional(),
  }),
]);
export type Latency = z.infer<typeof latencySchema>;

export const LIMIT_KINDS = ["bucket", "sliding", "per-second"] as const;
const limitSchema = z.object({
  perMinute: z.number().positive(),
  /** `bucket` refills all the time, `per-second` in whole portions, `sliding` counts the last 60 s. */
  kind: z.enum(LIMIT_KINDS).default("bucket"),
  /** What a full bucket holds; a minute's worth unless told. `sliding` and `per-second` have none. */
  capacity: z.number().positive().optional(),
});
export type LimitSpec = z.input<typeof limitSchema>;

export const LIMITED = ["requests", "images", "tokens"] as const;
const limitsSchema = z.object({
  requests: limitSchema.optional(),
  images: limitSchema.optional(),
  tokens: limitSchema.optional(),
  /** What a call takes from `images`. */
  imageUnits: z.enum(["n", "n-or-inputs"]).default("n-or-inputs"),
  /** A refused call uses up a unit too. */
  refusalsCount: z.boolean().default(false),
});

/** Which hints about limits an answer carries. */
const hintsSchema = z.object({
  retryAfter: z.boolean().default(true),
  retryAfterMs: z.boolean().default(true),
  requests: z.boolean().default(true),
  images: z.boolean().default(true),
  tokens: z.boolean().default(true),
  /** "Limit 5, Used 5, Requested 1. Please try again in 12s." */
  text: z.boolean().default(true),
});

export const FAULTS = [
  // Refusals, as JSON of the dialect.
  "rate_limited",
  "slow_down",
  "quota",
  "server_error",
  "overloaded",
  "gateway_timeout",
  "site_overloaded",
  "blocked",
  "bad_request",
  "invalid_key",
  "forbidden",
  "model_not_found",
  // Refusals nobody documents.
  "bad_gateway_html",
  "string_error",
  "detail_error",
  "empty_error",
  // Status 200 without a usable picture. These were made, and are charged.
  "html_ok",
  "empty_body",
  "cut_json",
  "no_data",
  "bad_base64",
  "short_base64",
  "truncated_picture",
  "one_pixel",
  "wrong_size",
  "wrong_format",
  "huge_body",
  "other_quality",
  "other_snapshot",
  // Connections that misbehave.
  "headers_then_silence",
  "slow_body",
  "reset_mid_body",
  "reset_before_headers",
  "close_before_headers",
  "hang",
] as const;
export type FaultKind = (typeof FAULTS)[number];

const faultSchema = z.object({
  kind: z.enum(FAULTS),
  /** For rate_limited, slow_down, overloaded. Seconds; as an HTTP date; words no client knows; or no header. */
  retryAfter: z
    .union([z.number(), z.object({ dateInSeconds: z.number() }), z.literal("garbage"), z.literal("absent")])
    .optional(),
  /** `error.code` instead of the kind's own (quota, bad_request). */
  code: z.string().optional(),
  /** `error.message` instead of the kind's own. */
  message: z.string().optional(),
  param: z.string().optional(),
  /** HTTP status instead of the kind's own (string_error, detail_error). */
  status: z.number().int().optional(),
  /** For blocked. */
  stage: z.enum(["input", "output", "unknown"]).optional(),
  categories: z.array(z.string()).optional(),
  /** For huge_body. */
  bytes: z.number().int().optional(),
  /** For slow_body: time between bytes. */
  everyMs: z.number().optional(),
  /** For hang and headers_then_silence: the server closes after so long; else it waits for the client. */
  holdMs: z.number().optional(),
  /** The work was done and is billed; each kind has its own answer to that. */
  charged: z.boolean().optional(),
});
export type Fault = z.infer<typeof faultSchema>;

const ruleSchema = z.object({
  /** Only this call of the log (from 1). */
  nth: z.number().int().positive().optional(),
  /** Calls that divide by it. */
  every: z.number().int().positive().optional(),
  promptIncludes: z.string().optional(),
  /** This path, `*` for one part of it. Without it the rule acts on calls for images alone. */
  path: z.string().optional(),
  method: z.string().optional(),
  /** X-Client-Request-Id is this. */
  clientRequestId: z.string().optional(),
  /** How often the rule acts before it is spent; without it, always. */
  times: z.number().int().positive().optional(),
  fault: z.union([faultSchema, z.enum(FAULTS)]).optional(),
  latencyMs: z.number().min(0).optional(),
});
export type Rule = z.infer<typeof ruleSchema>;

const rateSchema = z.object({
  share: z.number().min(0).max(1),
  fault: z.union([faultSchema, z.enum(FAULTS)]),
});
export type FaultRate = z.infer<typeof rateSchema>;

export const DIALECTS = ["openai", "sd-server", "localai", "vllm-omni", "sglang"] as const;
export type DialectName = (typeof DIALECTS)[number];

export const settingsSchema = z.object({
  dialect: z.enum(DIALECTS).default("openai"),
  /** 0: any free port. */
  port: z.number().int().default(0),
  /** Null: no key is asked for. Undefined: the dialect's own habit. */
  key: z.string().nullable().optional(),
  seed: z.number().int().default(1),
  /** Ids it serves instead of the dialect's own. */
  models: z.array(z.string()).optional(),
  /** Models it makes batches of; undefined: all. */
  batchModels: z.array(z.string()).optional(),
  limits: limitsSchema.prefault({}),
  hints: hintsSchema.prefault({}),
  latency: latencySchema.default({ kind: "fixed", ms: 0 }),
  latencyByQuality: z.record(z.string(), latencySchema).default({}),
  faults: z.array(rateSchema).default([]),
  script: z.array(ruleSchema).default([]),
  /**
   * `traced`: derived from the source, any format. `cheap`: constant pixels, under a millisecond, traced as PNG only.
   * `tiny`: 64 x 64 whatever was asked for, so that what is measured is not the work with pixels.
   */
  pictures: z.enum(["traced", "cheap", "tiny"]).default("traced"),
  /** JSON lines, appended as things happen. */
  logPath: z.string().optional(),
  /** Answers 503 for so long after the start (a model that loads). */
  loadingMs: z.number().min(0).default(0),
});
export type FakeProviderOptions = z.input<typeof settingsSchema>;
export type Settings = z.output<typeof settingsSchema>;

/** What POST /__control may change while it runs. */
export const controlSchema = z.strictObject({
  script: z.array(ruleSchema).optional(),
  faults: z.array(rateSchema).optional(),
  latency: latencySchema.optional(),
  limits: limitsSchema.optional(),
  hints: hintsSchema.optional(),
  /** What becomes of the next batches, one plan each. */
  batches: z.array(batchPlanSchema).optional(),
  batchModels: z.array(z.string()).optional(),
  /** Drops the rules and rates there are before adding. */
  clear: z.boolean().optional(),
});
export type Control = z.input<typeof controlSchema>;
