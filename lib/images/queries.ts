import "server-only";
import { and, eq } from "drizzle-orm";
import { db } from "@/db";
import { type Image, images } from "@/db/schema";

/** An image of that person, or null: a foreign id is like a missing one. */
export async function getImage({
  imageId,
  userId,
}: {
  imageId: string;
  userId: string;
}): Promise<Image | null> {
  const [row] = await db()
    .select()
    .from(images)
    .where(and(eq(images.id, imageId), eq(images.ownerId, userId)));
  return row ?? null;
}
