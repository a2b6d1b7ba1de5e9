import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { items } from "@/db/schema";
import { releaseLeases } from "./release-leases";

/**
 * No run of this hand-out comes any more, though none settled it: its lease ends now and it is taken back like a dead
 * worker's, so that rows decide whether it is tried again. Does nothing for an earlier hand-out.
 */
export async function giveUpItem({ itemId, dispatch }: { itemId: string; dispatch: number }): Promise<void> {
  const ended = await db()
    .update(items)
    .set({ leaseUntil: sql`now() - interval '1 second'` })
    .where(and(eq(items.id, itemId), eq(items.dispatch, dispatch), eq(items.status, "running")))
    .returning({ id: items.id });
  if (ended.length > 0) await releaseLeases({ deadWorkers: [] });
}
