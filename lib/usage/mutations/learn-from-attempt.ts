import "server-only";
import { sql } from "drizzle-orm";
import type { Queryable } from "@/db";
import { corrections } from "@/db/schema";
import { ALPHA, sampleOf } from "../learn";

/**
 * Takes one finished paid attempt into the moving averages of its owner, model, size and quality, in one statement;
 * the first counts fully. Of a transaction it should be the last statement: all sessions of one owner share the row.
 */
export async function learnFromAttempt(
  tx: Queryable,
  {
    ownerId,
    model,
    size,
    quality,
    ...facts
  }: {
    ownerId: string;
    model: string;
    /** As sent, "auto" included: it is what the next estimate knows. */
    size: string;
    quality: string;
    /** Micro-dollars the price table said, without a correction. */
    estimated: number;
    /** Micro-dollars charged. */
    actual: number;
    tookMs: number;
  },
): Promise<void> {
  const sample = sampleOf(facts);
  if (!sample) return;
  await tx
    .insert(corrections)
    .values({ ownerId, model, size, quality, ...sample })
    .onConflictDoUpdate({
      target: [corrections.ownerId, corrections.model, corrections.size, corrections.quality],
      set: {
        costFactor: sql`${corrections.costFactor} + ${ALPHA}::float8 * (excluded.cost_factor - ${corrections.costFactor})`,
        tookMs: sql`${corrections.tookMs} + ${ALPHA}::float8 * (excluded.took_ms - ${corrections.tookMs})`,
        samples: sql`${corrections.samples} + 1`,
        updatedAt: sql`now()`,
      },
    });
}
