import "server-only";
import { inArray, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { attempts } from "@/db/schema";
import { type Emit, transact } from "@/lib/events";
import { NO_RUN } from "@/lib/items/constants";
import { changeSession } from "@/lib/sessions/mutations/change-session";
import { CLAIM_LEASE_SECONDS, FINISHING_AT_ONCE } from "../constants";
import { countFinishing, openLines } from "../queries/batch-lines";
import { endBatch } from "./end-batch";
import { type HeldBatch, letGo } from "./hold-batch";

const LOOK_AGAIN_SECONDS = 2;

/**
 * Hands stored answers to runs of their own, a bounded number at a time: these go on where a crash would have left
 * them. The batch is over with the last one.
 */
export async function finishLines(batch: HeldBatch): Promise<void> {
  const [answered, finishing] = await Promise.all([openLines(batch, "answered"), countFinishing(batch)]);
  if (answered.length === 0 && finishing === 0) return endBatch(batch, {});
  const some = answered.slice(0, Math.max(0, FINISHING_AT_ONCE - finishing));
  if (some.length > 0) {
    const attemptIds = some.map(({ attemptId }) => attemptId);
    await transact((tx, emit) => handOn(tx, emit, { batch, attemptIds }));
  }
  await letGo(batch, { inSeconds: LOOK_AGAIN_SECONDS });
}

type Handed = { id: string; dispatch: number; ownerId: string };

function handOn(
  tx: Transaction,
  emit: Emit,
  { batch, attemptIds }: { batch: HeldBatch; attemptIds: string[] },
): Promise<true | undefined> {
  const { sessionId, connection } = batch;
  return changeSession(tx, emit, { sessionId, deleted: true }, async (_, revision) => {
    const handed = await tx.execute<Handed>(sql`
      update items i set
        lease_token = gen_random_uuid(), dispatch = i.dispatch + 1, revision = ${revision}, updated_at = now(),
        lease_until = now() + make_interval(secs => ${CLAIM_LEASE_SECONDS})
      from attempts a
      where a.item_id = i.id and a.outcome = 'sending' and i.status = 'running' and i.lease_until is null
        and a.id in (select jsonb_array_elements_text(${JSON.stringify(attemptIds)}::jsonb)::uuid)
      returning i.id, i.dispatch, i.owner_id as "ownerId"`);
    await tx.update(attempts).set({ runId: NO_RUN }).where(inArray(attempts.id, attemptIds));
    for (const { id, dispatch, ownerId } of handed) {
      emit({
        name: "item/dispatched",
        id: `item:${id}:${dispatch}`,
        data: { itemId: id, dispatch, ownerId, connection },
      });
    }
    return { value: true };
  });
}
