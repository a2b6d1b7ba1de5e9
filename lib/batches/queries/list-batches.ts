import "server-only";
import { and, desc, eq, isNotNull, ne, or, sql } from "drizzle-orm";
import { db } from "@/db";
import { type Batch, batches, type Session } from "@/db/schema";
import type { BatchView } from "../types";

/** More are not told of: they would be a long list of the same. */
const MOST = 100;

/**
 * Batches of a session that are open, newest first, and those that went wrong while nothing went well after them. The
 * caller has proven the right to it.
 */
export async function listBatches({
  id,
  batched,
  state,
}: Pick<Session, "id" | "batched" | "state">): Promise<BatchView[]> {
  if (!batched) return [];
  const isOver = state === "finished" || state === "cancelled";
  const rows = await db()
    .select()
    .from(batches)
    .where(
      and(
        eq(batches.sessionId, id),
        or(ne(batches.state, "settled"), isOver ? undefined : and(isNotNull(batches.errorWords), STANDS)),
      ),
    )
    .orderBy(desc(batches.createdAt))
    .limit(MOST);
  return rows.map(viewOf);
}

const STANDS = sql`not exists (select 1 from batches later where later.session_id = ${batches.sessionId}
  and later.created_at > ${batches.createdAt} and later.sent_at is not null and later.error_words is null)`;

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
