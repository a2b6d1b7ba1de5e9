import { z } from "zod";

export const moveToLiveSchema = z.strictObject({
  sessionId: z.uuid(),
  /** 'all': everything of the session that is not made yet, and what is retried later. */
  itemIds: z.union([z.array(z.uuid()).min(1).max(10_000), z.literal("all")]),
});
