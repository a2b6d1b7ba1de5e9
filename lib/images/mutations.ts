import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { db } from "@/db";
import { images } from "@/db/schema";
import { whileDatabaseAway } from "@/lib/database-away";
import { storage } from "@/lib/storage";
import { thumbKey } from "@/lib/storage/keys";
import type { ProbedImage } from "./types";

/**
 * Stores a probed picture and its thumbnails and answers the id of its row. The same bytes of one owner are one
 * image: `spare` is then the key of the second copy, to be deleted once the id is written down. `stored` says that
 * the key already holds the bytes of `image.keep`.
 */
export async function keepImage({
  ownerId,
  image,
  key,
  stored,
}: {
  ownerId: string;
  image: ProbedImage;
  key: string;
  stored: boolean;
}): Promise<{ imageId: string; spare: string | null }> {
  const store = storage();
  if (!stored) await store.putFile(key, image.keep);
  await Promise.all(
    image.thumbs.map(({ size, path }) => store.putFile(thumbKey(ownerId, image.sha256, size), path)),
  );
  // The bytes are safe by now; a database that is away must not cost a paid result.
  const row = await whileDatabaseAway(() => writeImage({ ownerId, image, key }));
  if (row.storageKey === key) return { imageId: row.id, spare: null };
  if (await store.head(row.storageKey)) return { imageId: row.id, spare: key };
  // Its bytes are gone: those at hand are the same.
  await whileDatabaseAway(() => db().update(images).set({ storageKey: key }).where(eq(images.id, row.id)));
  return { imageId: row.id, spare: null };
}

/** Deletes what lies at these keys, except where it became an image: that may be in use, or soon be. */
export async function deleteUnlessKept(keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  const kept = await db()
    .select({ key: images.storageKey })
    .from(images)
    .where(inArray(images.storageKey, keys));
  const names = new Set(kept.map(({ key }) => key));
  await storage().delete(keys.filter((key) => !names.has(key)));
}

async function writeImage({ ownerId, image, key }: { ownerId: string; image: ProbedImage; key: string }) {
  const { sha256, bytes, width, height, format, alpha, thumbhash, phash } = image;
  const [row] = await db()
    .insert(images)
    .values({ ownerId, sha256, bytes, width, height, format, alpha, thumbhash, phash, storageKey: key })
    // A fresh date keeps the sweeper away from an image that is about to be used again.
    .onConflictDoUpdate({ target: [images.ownerId, images.sha256], set: { createdAt: sql`now()` } })
    .returning({ id: images.id, storageKey: images.storageKey });
  if (!row) throw new Error("the image was not written");
  return row;
}

/**
 * Deletes images that nothing uses any more, at most `limit`, bytes before the row, so that no row ever points at
 * nothing for long. Answers how many went.
 */
export async function sweepUnusedImages({ limit }: { limit: number }): Promise<number> {
  const unused = await db().execute<{
    id: string;
    owner_id: string;
    sha256: string;
    storage_key: string;
  }>(sql`
    select id, owner_id, sha256, storage_key from images i
    where created_at < now() - interval '1 hour'
      and not exists (select 1 from inputs where image_id = i.id)
      and not exists (select 1 from attempts where image_id = i.id)
    limit ${limit}`);
  for (const image of unused) await deleteUnused(image);
  return unused.length;
}

async function deleteUnused(image: { id: string; owner_id: string; sha256: string; storage_key: string }) {
  await db().transaction(async (tx) => {
    const [row] = await tx
      .select({ id: images.id })
      .from(images)
      .where(
        and(
          eq(images.id, image.id),
          sql`${images.createdAt} < now() - interval '1 hour'`,
          sql`not exists (select 1 from inputs where image_id = ${images.id})`,
          sql`not exists (select 1 from attempts where image_id = ${images.id})`,
        ),
      )
      .for("update");
    if (!row) return;
    const thumbs = ([256, 480, 1280] as const).map((size) => thumbKey(image.owner_id, image.sha256, size));
    await storage().delete([image.storage_key, ...thumbs]);
    await tx.delete(images).where(eq(images.id, image.id));
  });
}
