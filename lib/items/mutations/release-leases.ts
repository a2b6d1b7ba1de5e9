import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { type Attempt, attempts, items, type Session } from "@/db/schema";
import { type Emit, transact } from "@/lib/events";
import { deleteUnlessKept } from "@/lib/images/mutations";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { addDeltas } from "@/lib/sessions/counts";
import { changeSession, type SessionChange } from "@/lib/sessions/mutations/change-session";
import { refreshChains } from "@/lib/steps/mutations/refresh-chains";
import { resultKey } from "@/lib/storage/keys";
import { type AfterLoss, afterLoss } from "../after-loss";
import { BEGIN_LEASE_SECONDS, NO_RUN } from "../constants";
import { settleMoney } from "./hold-money";

/**
 * Takes back items whose lease ran out or whose worker is among the dead (afterLoss says what becomes of each), and
 * lets go of what their attempts held. Answers how many.
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

async function releaseIn(sessionId: string, deadWorkers: string[]): Promise<number> {
  const released = await transact((tx, emit) =>
    changeSession(tx, emit, { sessionId, deleted: true }, (session, revision) =>
      release(tx, emit, { session, deadWorkers, revision }),
    ),
  );
  if (!released) return 0;
  // A worker that died while it stored an answer left bytes that no row names; with a row they are the next one's too.
  await deleteUnlessKept(released.gone.map(({ ownerId, id }) => resultKey(ownerId, id)));
  return released.count;
}

type Loss = { itemId: string; inputId: string; attempt: Attempt | null } & Omit<AfterLoss, "attempt"> & {
    fate: AfterLoss["attempt"];
  };

async function release(
  tx: Transaction,
  emit: Emit,
  { session, deadWorkers, revision }: { session: Session; deadWorkers: string[]; revision: number },
): Promise<SessionChange<{ count: number; gone: Attempt[] }> | null> {
  const losses = await findLosses(tx, session, deadWorkers);
  if (losses.length === 0) return null;
  for (const event of await requeue(tx, losses, revision)) emit(event);
  for (const loss of losses) await closeAttempt(tx, loss, session.id);
  const sum = (of: Loss[]) => of.reduce((total, { attempt }) => total + (attempt?.reserved ?? 0), 0);
  const over = losses.filter(({ fate }) => fate === "lost" || fate === "unknown");
  const spend = sum(losses.filter(({ fate }) => fate === "unknown"));
  const count = (status: AfterLoss["status"]) => losses.filter((loss) => loss.status === status).length;
  const kept = count("running");
  const inputIds = [...new Set(losses.map(({ inputId }) => inputId))];
  const followers = await refreshChains(tx, emit, { session, revision, inputIds });
  return {
    value: {
      count: losses.length,
      gone: over.flatMap(({ attempt }) => (attempt ? [attempt] : [])),
    },
    deltas: addDeltas(
      {
        running: kept - losses.length,
        queued: count("queued"),
        failed: count("failed"),
        completed: count("completed"),
        cancelled: count("cancelled"),
      },
      followers,
    ),
    spend,
    maybeSpend: spend,
    reserved: -sum(over),
  };
}

async function findLosses(tx: Transaction, session: Session, deadWorkers: string[]): Promise<Loss[]> {
  const rows = await tx
    .select({
      item: items,
      attempt: attempts,
      lostBefore: sql<number>`(select count(*)::int from attempts l where l.item_id = ${items.id} and l.outcome = 'lost')`,
    })
    .from(items)
    .leftJoin(attempts, and(eq(attempts.itemId, items.id), eq(attempts.outcome, "sending")))
    .where(and(eq(items.sessionId, session.id), isOver(deadWorkers)))
    .for("update", { of: items });
  const { whenUnknown } = { ...DEFAULT_SETTINGS, ...session.snapshot?.settings };
  const facts = { state: session.state, whenUnknown };
  return rows.map(({ item, attempt, lostBefore }) => {
    const { attempt: fate, ...after } = afterLoss({ item, attempt, lostBefore, session: facts });
    return { itemId: item.id, inputId: item.inputId, attempt, fate, ...after };
  });
}

type Requeued = { id: string; dispatch: number; status: string; connection: string; ownerId: string };

/** Answers the events of those that another run goes on with. */
async function requeue(tx: Transaction, losses: Loss[], revision: number) {
  const rows = losses.map(({ itemId, status, unknownOutcomes }) => ({ id: itemId, status, unknownOutcomes }));
  const on = sql`l.status = 'running'`;
  const changed = await tx.execute<Requeued>(sql`
    update items i set
      status = l.status, unknown_outcomes = l."unknownOutcomes",
      lease_token = case when ${on} then gen_random_uuid() end,
      lease_until = case when ${on} then now() + make_interval(secs => ${BEGIN_LEASE_SECONDS}) end,
      dispatch = i.dispatch + case when ${on} then 1 else 0 end,
      worker_id = null, revision = ${revision}, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as l(id uuid, status text, "unknownOutcomes" integer)
    where i.id = l.id
    returning i.id, i.dispatch, i.status, i.connection, i.owner_id as "ownerId"`);
  return changed
    .filter(({ status }) => status === "running")
    .map(({ id, dispatch, connection, ownerId }) => ({
      name: "item/dispatched" as const,
      id: `item:${id}:${dispatch}`,
      data: { itemId: id, dispatch, ownerId, connection },
    }));
}

const LOST_WORDS = "The worker stopped in the middle of this image. It was tried again.";
const UNKNOWN_WORDS =
  "The worker stopped before the answer came, so this call may have been charged. Your image is kept. Retry makes one more call.";

async function closeAttempt(tx: Transaction, { attempt, fate }: Loss, sessionId: string) {
  if (!attempt || fate === "none") return;
  if (fate === "keep") {
    await tx.update(attempts).set({ runId: NO_RUN }).where(eq(attempts.id, attempt.id));
    return;
  }
  const unknown = fate === "unknown";
  const charge = unknown ? "maybe" : "none";
  const cost = unknown ? attempt.reserved : 0;
  await tx
    .update(attempts)
    .set({
      outcome: "lost",
      finishedAt: sql`now()`,
      errorCode: "lost",
      errorWords: unknown ? UNKNOWN_WORDS : LOST_WORDS,
      charge,
      cost,
    })
    .where(eq(attempts.id, attempt.id));
  if (attempt.reserved > 0) await settleMoney(tx, attempt, { sessionId, charge, cost });
}

function isOver(deadWorkers: string[]) {
  const dead = deadWorkers.length > 0 ? inArray(items.workerId, deadWorkers) : sql`false`;
  return and(eq(items.status, "running"), sql`(${items.leaseUntil} < now() or ${dead})`);
}
