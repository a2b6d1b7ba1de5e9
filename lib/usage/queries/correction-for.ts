import "server-only";
import { and, eq } from "drizzle-orm";
import { db } from "@/db";
import { corrections } from "@/db/schema";

export type Correction = {
  /** Times the price table's estimate. 1 before the first attempt. */
  costFactor: number;
  /** Of one attempt; null before the first. */
  tookMs: number | null;
  /** Attempts it was learned from. */
  samples: number;
};

/** What earlier attempts of this person taught about cost and time of such an image. */
export async function correctionFor({
  ownerId,
  model,
  size,
  quality,
}: {
  ownerId: string;
  model: string;
  size: string;
  quality: string;
}): Promise<Correction> {
  const [row] = await db()
    .select({
      costFactor: corrections.costFactor,
      tookMs: corrections.tookMs,
      samples: corrections.samples,
    })
    .from(corrections)
    .where(
      and(
        eq(corrections.ownerId, ownerId),
        eq(corrections.model, model),
        eq(corrections.size, size),
        eq(corrections.quality, quality),
      ),
    );
  return row ?? { costFactor: 1, tookMs: null, samples: 0 };
}
