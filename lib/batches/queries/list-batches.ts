import "server-only";
import { and, desc, eq, isNotNull, ne, or } from "drizzle-orm";
import { db } from "@/db";
import { type Batch, batches, type Session } from "@/db/schema";
import type { BatchView } from "../types";

/** More are not told of: they would be a long list of the same. */
const MOST = 100;

/** Batches of a session that are open or went wrong, newest first. The caller has proven the right to it. */
export async function listBatches({ id, batched }: Pick<Session, "id" | "batched">): Promise<BatchView[]> {
  if (!batched) return [];
  const rows = await db()
    .select()
    .from(batches)
    .where(and(eq(batches.sessionId, id), or(ne(batches.state, "settled"), isNotNull(batches.errorWords))))
    .orderBy(desc(batches.createdAt))
    .limit(MOST);
  return rows.map(viewOf);
}

function viewOf(batch: Batch): BatchView {
  return {
    id: batch.id,
    state: batch.state,
    lines: batch.lines,
    done: batch.doneLines,
    failed: batch.failedLines,
    sentAt: batch.sentAt?.getTime() ?? null,
    expiresAt: batch.expiresAt?.getTime() ?? null,
    cancelling: batch.cancelRequestedAt !== null,
    words: batch.errorWords,
  };
}
