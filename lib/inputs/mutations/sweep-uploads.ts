import "server-only";
import { and, eq, inArray, isNotNull, lt, sql } from "drizzle-orm";
import { db } from "@/db";
import { inputs } from "@/db/schema";
import { storage } from "@/lib/storage";

/** Deletes bytes of uploads that broke off over an hour ago; the row stays, so the file can be chosen again. */
export async function sweepUploads({ limit }: { limit: number }): Promise<number> {
  const broken = await db()
    .select({ id: inputs.id, uploadKey: inputs.uploadKey })
    .from(inputs)
    .where(
      and(
        eq(inputs.state, "uploading"),
        isNotNull(inputs.uploadKey),
        lt(inputs.updatedAt, sql`now() - interval '1 hour'`),
      ),
    )
    .limit(limit);
  if (broken.length === 0) return 0;
  await storage().delete(broken.flatMap(({ uploadKey }) => uploadKey ?? []));
  await db()
    .update(inputs)
    .set({ uploadKey: null })
    .where(
      and(
        inArray(
          inputs.id,
          broken.map(({ id }) => id),
        ),
        inArray(
          inputs.uploadKey,
          broken.flatMap(({ uploadKey }) => uploadKey ?? []),
        ),
        eq(inputs.state, "uploading"),
      ),
    );
  return broken.length;
}
