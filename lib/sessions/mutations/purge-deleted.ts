import "server-only";
import { and, eq, lt, sql } from "drizzle-orm";
import { db } from "@/db";
import { inputs, sessions } from "@/db/schema";
import { storage } from "@/lib/storage";

/** Ends sessions that lay in the trash for 30 days: rows now, bytes by the image sweep. */
export async function purgeDeletedSessions({ limit }: { limit: number }): Promise<number> {
  const old = await db()
    .select({ id: sessions.id })
    .from(sessions)
    .where(lt(sessions.deletedAt, sql`now() - interval '30 days'`))
    .limit(limit);
  for (const { id } of old) await purge(id);
  return old.length;
}

async function purge(sessionId: string) {
  const uploads = await db()
    .select({ key: inputs.uploadKey })
    .from(inputs)
    .where(and(eq(inputs.sessionId, sessionId), sql`${inputs.uploadKey} is not null`));
  await storage().delete(uploads.flatMap(({ key }) => key ?? []));
  await db().delete(sessions).where(eq(sessions.id, sessionId));
}
