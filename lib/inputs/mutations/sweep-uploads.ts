import "server-only";
import { and, eq, inArray, isNotNull, lt, sql } from "drizzle-orm";
import { db } from "@/db";
import { inputs } from "@/db/schema";
import { storage } from "@/lib/storage";
import { DIRECT, directInputOf } from "@/lib/storage/keys";
import { confirmLanded } from "./direct-upload";

const DAY_MS = 86_400_000;
/** Keys looked up in one query. */
const LOOKED_UP = 500;

/**
 * Ends uploads that broke off over an hour ago. One that is whole in the storage, and of which nobody brought word, goes
 * on to its probe; of the others the bytes go and the row stays, so that the file can be chosen again.
 */
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
  const useless: { id: string; key: string }[] = [];
  for (const { id, uploadKey: key } of broken) {
    if (key && !(directInputOf(key) && (await confirmLanded(key)))) useless.push({ id, key });
  }
  await forget(useless);
  return broken.length;
}

async function forget(useless: { id: string; key: string }[]) {
  if (useless.length === 0) return;
  const keys = useless.map(({ key }) => key);
  await storage().delete(keys);
  await db()
    .update(inputs)
    .set({ uploadKey: null })
    .where(
      and(
        inArray(
          inputs.id,
          useless.map(({ id }) => id),
        ),
        inArray(inputs.uploadKey, keys),
        eq(inputs.state, "uploading"),
      ),
    );
}

/**
 * Deletes files that browsers put into the storage over a day ago and no row asks for: sent after their place was given
 * to another try, or after their session went. What waits for its probe stays, however long.
 */
export async function sweepOrphans({ olderThanMs = DAY_MS } = {}): Promise<number> {
  let gone = 0;
  let some: string[] = [];
  for await (const { key, modified } of storage().list(DIRECT)) {
    if (Date.now() - modified.getTime() < olderThanMs) continue;
    some.push(key);
    if (some.length < LOOKED_UP) continue;
    gone += await deleteUnknown(some);
    some = [];
  }
  return gone + (await deleteUnknown(some));
}

async function deleteUnknown(keys: string[]): Promise<number> {
  if (keys.length === 0) return 0;
  const ids = keys.flatMap((key) => directInputOf(key) ?? []);
  const rows = await db().select({ key: inputs.uploadKey }).from(inputs).where(inArray(inputs.id, ids));
  const known = new Set(rows.map(({ key }) => key));
  const unknown = keys.filter((key) => !known.has(key));
  await storage().delete(unknown);
  return unknown.length;
}
