import type { ItemCounts } from "@/lib/sessions/wire";

/** Counts of a step as counts of images: one that was not run for want of an earlier step has failed for whoever waits for it. */
export function imagesOf(counts: ItemCounts): ItemCounts {
  return { ...counts, failed: counts.failed + counts.unmet, unmet: 0 };
}
