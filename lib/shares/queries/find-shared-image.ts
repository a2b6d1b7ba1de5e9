import "server-only";
import { and, eq, exists, or } from "drizzle-orm";
import { db } from "@/db";
import { attempts, type Image, images, inputs, items } from "@/db/schema";
import { isShared } from "./list-shared-results";
import type { OpenShare } from "./resolve-share";

export type SharedFile = { image: Image; role: "result" | "source" };

/** A picture of an open link, or null. A source only where the link shows originals and its result is shown. */
export async function findSharedImage(share: OpenShare, imageId: string): Promise<SharedFile | null> {
  const asResult = db()
    .select({ id: items.id })
    .from(items)
    .innerJoin(attempts, eq(attempts.id, items.currentAttemptId))
    .where(and(isShared(share.sessionId), eq(attempts.imageId, images.id)));
  const asSource = db()
    .select({ id: items.id })
    .from(items)
    .innerJoin(inputs, eq(inputs.id, items.inputId))
    .where(and(isShared(share.sessionId), eq(inputs.imageId, images.id)));
  const [row] = await db()
    .select({ image: images, isResult: exists(asResult) })
    .from(images)
    .where(
      and(
        eq(images.id, imageId),
        eq(images.ownerId, share.ownerId),
        share.options.originals ? or(exists(asResult), exists(asSource)) : exists(asResult),
      ),
    );
  if (!row) return null;
  return { image: row.image, role: row.isResult ? "result" : "source" };
}
