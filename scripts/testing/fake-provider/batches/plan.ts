import { z } from "zod";

/** What becomes of one batch. Without a plan all its lines are made, in order, and it completes. */
export const batchPlanSchema = z.strictObject({
  /** Lines it gets to before it ends; all unless told. */
  lines: z.number().int().min(0).optional(),
  /** `stays`: it works on nothing more until it is cancelled or told to go on. `failed`: it is refused when validated. */
  end: z.enum(["completed", "expired", "cancelled", "failed", "stays"]).default("completed"),
  /** For failed. */
  code: z.string().default("invalid_request"),
  message: z.string().default("The batch was refused."),
  /** Lines of the files in another order than they came in. */
  shuffled: z.boolean().default(false),
  /** The first result stands twice in the file. */
  twice: z.boolean().default(false),
  /** A line that is no JSON stands in front. */
  garbage: z.boolean().default(false),
  /** So many results are in no file, though they were made and billed. */
  swallowed: z.number().int().min(0).default(0),
  /** The first so many looks at it once it is over do not name its files yet. */
  late: z.number().int().min(0).default(0),
  /** Lines that were not made are named in the file of errors. */
  tellUnmade: z.boolean().default(true),
});
export type BatchPlan = z.input<typeof batchPlanSchema>;
export type Plan = z.output<typeof batchPlanSchema>;
