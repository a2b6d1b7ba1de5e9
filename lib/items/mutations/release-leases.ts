import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { attempts, items } from "@/db/schema";
import { transact } from "@/lib/events";
import { changeSession, type SessionChange } from "@/lib/sessions/mutations/change-session";

/** Workers that died in the middle of one item before it is refused: bounds a picture that takes the machine down. */
const MAX_LOST_ATTEMPTS = 6;

/**
 * Takes back items whose lease ran out or whose worker is among the dead: their attempt is lost (`maybe` charged if
 * it was sent to a paid model), the item waits its turn again. Answers how many.
 */
export async function releaseLeases({ deadWorkers }: { deadWorkers: string[] }): Promise<number> {
  const held = await db()
    .selectDistinct({ sessionId: items.sessionId })
    .from(items)
    .where(isOver(deadWorkers));
  let released = 0;
  for (const { sessionId } of held) released += await releaseIn(sessionId, deadWorkers);
  return released;
}

function releaseIn(sessionId: string, deadWorkers: string[]): Promise<number> {
  return transact(async (tx, emit) => {
    const count = await changeSession(tx, emit, { sessionId, deleted: true }, (_, revision) =>
      release(tx, { sessionId, deadWorkers, revision }),
    );
    return count ?? 0;
  });
}

async function release(
  tx: Transaction,
  { sessionId, deadWorkers, revision }: { sessionId: string; deadWorkers: string[]; revision: number },
): Promise<SessionChange<number> | null> {
  const over = await tx
    .select({ id: items.id })
    .from(items)
    .where(and(eq(items.sessionId, sessionId), isOver(deadWorkers)))
    .for("update");
  if (over.length === 0) return null;
  const ids = over.map(({ id }) => id);
  await loseAttempts(tx, ids);
  const lostOften = sql`(select count(*) from attempts where item_id = ${items.id} and outcome = 'lost') >= ${MAX_LOST_ATTEMPTS}`;
  const rows = await tx
    .update(items)
    .set({
      status: sql`case when ${lostOften} then (case when ${items.currentAttemptId} is null then 'failed' else 'completed' end) else 'queued' end`,
      leaseToken: null,
      leaseUntil: null,
      workerId: null,
      revision,
      updatedAt: sql`now()`,
    })
    .where(inArray(items.id, ids))
    .returning({ status: items.status });
  const count = (status: "queued" | "failed" | "completed") =>
    rows.filter((row) => row.status === status).length;
  return {
    value: rows.length,
    deltas: {
      running: -rows.length,
      queued: count("queued"),
      failed: count("failed"),
      completed: count("completed"),
    },
  };
}

async function loseAttempts(tx: Transaction, itemIds: string[]) {
  await tx
    .update(attempts)
    .set({
      outcome: "lost",
      finishedAt: sql`now()`,
      errorCode: "lost",
      errorWords: "The worker stopped in the middle of this image. It was tried again.",
      charge: sql`case when ${attempts.sentAt} is not null and ${attempts.model} <> 'studio' then 'maybe' else 'none' end`,
    })
    .where(and(inArray(attempts.itemId, itemIds), eq(attempts.outcome, "sending")));
}

function isOver(deadWorkers: string[]) {
  const dead = deadWorkers.length > 0 ? inArray(items.workerId, deadWorkers) : sql`false`;
  return and(eq(items.status, "running"), sql`(${items.leaseUntil} < now() or ${dead})`);
}
