import { z } from "zod";

// What goes between an Inngest server and the SDK, as far as our functions use it.

export const eventSchema = z.object({
  name: z.string(),
  data: z.record(z.string(), z.unknown()).default({}),
  id: z.string().optional(),
  ts: z.number().optional(),
});
export type FakeEvent = z.infer<typeof eventSchema>;

const functionSchema = z.object({
  id: z.string(),
  triggers: z.array(
    z.object({
      event: z.string().optional(),
      expression: z.string().optional(),
      cron: z.string().optional(),
    }),
  ),
  steps: z.object({
    step: z.object({
      runtime: z.object({ url: z.string() }),
      retries: z.object({ attempts: z.number() }).optional(),
    }),
  }),
  concurrency: z
    .union([z.number(), z.array(z.object({ limit: z.number(), key: z.string().optional() }))])
    .optional(),
  throttle: z
    .object({
      limit: z.number(),
      period: z.string(),
      burst: z.number().optional(),
      key: z.string().optional(),
    })
    .optional(),
  timeouts: z.object({ start: z.string().optional(), finish: z.string().optional() }).optional(),
});
export type FakeFunction = z.infer<typeof functionSchema>;

export const registerSchema = z.object({
  url: z.string(),
  appName: z.string(),
  functions: z.array(functionSchema),
});

/** A step's answer, a run's end, or a step that was found and not run. */
export const opSchema = z.object({
  op: z.string(),
  id: z.string(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});
export type Op = z.infer<typeof opSchema>;

export const checkpointSchema = z.object({ run_id: z.string(), steps: z.array(opSchema) });
