import "server-only";
import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { type ItemStatus, items } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { transact } from "@/lib/events";
import { ok, type Result } from "@/lib/result";
import { changeSession } from "@/lib/sessions/mutations/change-session";
import { gone } from "@/lib/sessions/words";
import { refreshChains } from "@/lib/steps/mutations/refresh-chains";
import { dispatchReady } from "./dispatch";
import { redoInChain } from "./redo-in-chain";

type Redo = {
  userId: string;
  sessionId: string;
  /** 'failed': all that failed or were blocked, whoever looks at how many of them. */
  itemIds: string[] | "failed";
  /** Another prompt for these items alone; undefined keeps the one they had. */
  prompt?: string;
};

const RETRYABLE = ["failed", "blocked", "cancelled", "unmet"] as const;
const REGENERABLE = ["completed", "reused"] as const;

/** Tries failed or cancelled items again. Earlier attempts stay. Answers how many wait again. */
export function retryItems(redo: Redo): Promise<Result<{ changed: number }>> {
  return requeue(redo, redo.itemIds === "failed" ? ["failed", "blocked"] : RETRYABLE, "items.retry");
}

/** Makes another attempt of items that worked; the present result stays until a better one is there. */
export function regenerateItems(redo: Redo & { itemIds: string[] }): Promise<Result<{ changed: number }>> {
  return requeue(redo, REGENERABLE, "items.regenerate");
}

async function requeue(
  { userId, sessionId, itemIds, prompt }: Redo,
  from: readonly ItemStatus[],
  action: "items.retry" | "items.regenerate",
): Promise<Result<{ changed: number }>> {
  const result = await transact(async (tx, emit) => {
    const changed = await changeSession<Result<{ changed: number }>>(
      tx,
      emit,
      { sessionId, ownerId: userId },
      async (session, revision) => {
        if (session.state === "draft") return { value: ok({ changed: 0 }) };
        if (session.stepCount > 1) {
          return redoInChain(tx, emit, { session, revision, itemIds, from, prompt, action });
        }
        const counts = await countByStatus(tx, { sessionId, itemIds, from });
        const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
        if (total === 0) return { value: ok({ changed: 0 }) };
        // A result that worked is asked for anew: the same one again is not wanted.
        const fresh = action === "items.regenerate";
        await queueAgain(tx, { sessionId, itemIds, from, prompt, fresh, revision });
        await recordAudit(tx, { ownerId: userId, action, sessionId, after: { items: total } });
        const leaving = Object.fromEntries(Object.entries(counts).map(([status, count]) => [status, -count]));
        return {
          value: ok({ changed: total }),
          deltas: { ...leaving, queued: total },
          set: { state: "running", pauseReason: null, finishedAt: null },
        };
      },
    );
    return changed ?? gone();
  });
  if (result.ok) await dispatchReady({ sessionId });
  return result;
}

type Chosen = { sessionId: string; itemIds: string[] | "failed"; from: readonly ItemStatus[] };

async function countByStatus(tx: Transaction, chosen: Chosen): Promise<Partial<Record<ItemStatus, number>>> {
  const rows = await tx
    .select({ status: items.status, count: sql<number>`count(*)::int` })
    .from(items)
    .where(isChosen(chosen))
    .groupBy(items.status);
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

async function queueAgain(
  tx: Transaction,
  chosen: Chosen & { prompt?: string; fresh: boolean; revision: number },
) {
  await tx
    .update(items)
    .set({
      status: "queued",
      transientFailures: 0,
      crashes: 0,
      unknownOutcomes: 0,
      ...(chosen.fresh ? { fresh: true } : {}),
      revision: chosen.revision,
      updatedAt: sql`now()`,
      ...(chosen.prompt === undefined ? {} : { promptOverride: chosen.prompt }),
    })
    .where(isChosen(chosen));
}

function isChosen({ sessionId, itemIds, from }: Chosen) {
  return and(
    eq(items.sessionId, sessionId),
    itemIds === "failed" ? undefined : inArray(items.id, itemIds),
    inArray(items.status, [...from]),
  );
}

/** Shows another attempt of an item that has one with a result. */
export async function chooseAttempt({
  userId,
  itemId,
  attemptId,
}: {
  userId: string;
  itemId: string;
  attemptId: string;
}): Promise<Result> {
  return transact(async (tx, emit) => {
    const [item] = await tx
      .select({ sessionId: items.sessionId })
      .from(items)
      .where(and(eq(items.id, itemId), eq(items.ownerId, userId)));
    if (!item) return gone();
    const changed = await changeSession(
      tx,
      emit,
      { sessionId: item.sessionId, ownerId: userId },
      async (session, revision) => {
        const rows = await tx
          .update(items)
          .set({ currentAttemptId: attemptId, revision })
          .where(
            and(
              eq(items.id, itemId),
              isNotNull(items.currentAttemptId),
              sql`exists (select 1 from attempts a
                where a.id = ${attemptId} and a.item_id = ${items.id} and a.image_id is not null)`,
            ),
          )
          .returning({ inputId: items.inputId });
        if (rows.length === 0) return null;
        await recordAudit(tx, {
          ownerId: userId,
          action: "attempt.choose",
          sessionId: item.sessionId,
          after: { itemId, attemptId },
        });
        // What later steps made from the other attempt is out of date.
        const inputIds = rows.map(({ inputId }) => inputId);
        return { value: true, deltas: await refreshChains(tx, emit, { session, revision, inputIds }) };
      },
    );
    return changed ? ok() : gone();
  });
}
