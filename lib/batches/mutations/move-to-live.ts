import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import type { Session } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { type Emit, transact } from "@/lib/events";
import { dispatchReady } from "@/lib/items/mutations/dispatch";
import { ok, type Result, refused } from "@/lib/result";
import { changeSession, type SessionChange } from "@/lib/sessions/mutations/change-session";
import { gone } from "@/lib/sessions/words";
import { checkSteps } from "@/lib/steps/mutations/check-steps";
import { listChain } from "@/lib/steps/queries/list-chain";
import { connectionInSql } from "../economy-queue";
import { callOffBatches } from "./call-off-batches";

/** `moved` go on at once; `leaving` wait for their batch to end: what it has made by then is not made again. */
export type MovedToLive = { moved: number; leaving: number };

type Move = { userId: string; sessionId: string; itemIds: string[] | "all" };

/**
 * Takes items out of the economy lane: they are made now, at the full price. Those in a batch come back when the
 * provider has cancelled it, and the rest of that batch goes into the next one. A session that stood still because
 * the provider takes no batches goes on.
 */
export async function moveToLive(move: Move): Promise<Result<MovedToLive>> {
  const { userId, sessionId } = move;
  const result = await transact(async (tx, emit) => {
    const changed = await changeSession<Result<MovedToLive>>(
      tx,
      emit,
      { sessionId, ownerId: userId },
      (session, revision) => moveUnderLock(tx, emit, { ...move, session, revision }),
    );
    return changed ?? gone();
  });
  if (result.ok) await dispatchReady({ sessionId });
  return result;
}

async function moveUnderLock(
  tx: Transaction,
  emit: Emit,
  { session, revision, userId, itemIds }: Move & { session: Session; revision: number },
): Promise<SessionChange<Result<MovedToLive>>> {
  if (!session.snapshot) return { value: refused("state", NOT_STARTED) };
  const live = inLiveLane(session, session.snapshot);
  const steps = (await listChain(session.id, tx)).filter(({ enabled }) => enabled);
  const places = steps.map(({ position }) => position);
  const checked = await checkSteps(tx, { session: { ...session, ...live }, steps, places });
  if ("ok" in checked) return { value: checked };
  const moved = await takeOut(tx, { sessionId: session.id, itemIds, revision });
  await callOffBatches(tx, emit, { sessionId: session.id, holding: sql`i.lane = 'live'` });
  const { id: sessionId, worstPrice, state, pauseReason } = session;
  await recordAudit(tx, { ownerId: userId, action: "items.live", sessionId, after: moved });
  return {
    value: ok(moved),
    set: {
      worstPrice: Math.max(worstPrice, checked.worstPrice),
      ...(itemIds === "all" ? live : {}),
      ...(state === "paused" && pauseReason === "economy" ? { state: "running", pauseReason: null } : {}),
    },
  };
}

const NOT_STARTED = "This session has not started yet. Choose “Now” in its settings.";

function inLiveLane(
  { settings }: Session,
  snapshot: NonNullable<Session["snapshot"]>,
): Pick<Session, "settings" | "snapshot"> {
  const lane = "live";
  return {
    settings: { ...settings, lane },
    snapshot: { ...snapshot, settings: { ...snapshot.settings, lane } },
  };
}

/** Also what is settled: a retry of it goes live. */
async function takeOut(
  tx: Transaction,
  { sessionId, itemIds, revision }: { sessionId: string; itemIds: string[] | "all"; revision: number },
): Promise<MovedToLive> {
  const [row] = await tx.execute<MovedToLive>(sql`
    with taken as (
      update items i set lane = 'live', revision = ${revision},
        connection = case when i.status = 'running' then i.connection else ${connectionInSql(sql`i.connection`)} end,
        due_at = case when i.status = 'waiting' then now() end
      where i.session_id = ${sessionId} and i.lane = 'economy' and ${isChosen(itemIds)}
      returning i.status
    )
    select count(*) filter (where status in ('queued', 'waiting'))::int as moved,
      count(*) filter (where status = 'running')::int as leaving
    from taken`);
  return { moved: row?.moved ?? 0, leaving: row?.leaving ?? 0 };
}

function isChosen(itemIds: string[] | "all"): SQL {
  if (itemIds === "all") return sql`true`;
  return sql`i.id in (select jsonb_array_elements_text(${JSON.stringify(itemIds)}::jsonb)::uuid)`;
}
