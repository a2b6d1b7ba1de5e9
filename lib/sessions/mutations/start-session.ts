import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import type { Session } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { actingPerson } from "@/lib/auth/acting";
import { connectionOf, laneInSql } from "@/lib/batches/economy-queue";
import { ensureLimits } from "@/lib/connections/mutations/ensure-limits";
import { type Emit, transact } from "@/lib/events";
import { dispatchReady } from "@/lib/items/mutations/dispatch";
import { ok, type Refused, type Result, refused } from "@/lib/result";
import { imageUnits } from "@/lib/steps/image-units";
import { checkSteps } from "@/lib/steps/mutations/check-steps";
import { listChain } from "@/lib/steps/queries/list-chain";
import { firstPlaces } from "@/lib/steps/queries/plan-chain";
import type { ChainRun } from "@/lib/steps/types";
import { countsOf } from "../counts";
import { totalItems } from "../status";
import { gone } from "../words";
import { changeSession } from "./change-session";

type Started = { items: number };

type Start = {
  userId: string;
  sessionId: string;
  leaveOut?: boolean;
  /** Which steps of its chain; all of them unless told. */
  run?: ChainRun;
};

/**
 * Starts a draft: freezes prompt and settings, inserts all items in one statement and moves to running, all in one
 * transaction; then hands out the first ones. Pressing again answers the same. `leaveOut` starts without files
 * that are still on their way; otherwise they refuse the start.
 */
export async function startSession(given: Start): Promise<Result<Started>> {
  const started = await transact((tx, emit) => startInTransaction(tx, emit, given));
  if (started.ok) await dispatchReady({ sessionId: given.sessionId });
  return started;
}

async function startInTransaction(
  tx: Transaction,
  emit: Emit,
  { userId, sessionId, leaveOut = false, run = { kind: "all" } }: Start,
): Promise<Result<Started>> {
  const result = await changeSession<Result<Started>>(
    tx,
    emit,
    { sessionId, ownerId: userId },
    async (session, revision) => {
      if (session.state !== "draft") return { value: ok({ items: totalItems(countsOf(session)) }) };
      const refusal = await refusalOf(tx, session, leaveOut);
      if (refusal) return { value: refusal };
      const steps = await listChain(sessionId, tx);
      const places = firstPlaces(session, steps, run);
      if (places.length === 0) return { value: refused("chain", NOTHING_ON) };
      const checked = await checkSteps(tx, { session, steps, places });
      if ("ok" in checked) return { value: checked };
      const { connections, worstPrice } = checked;
      for (const connection of new Set(connections))
        if (connection) await ensureLimits(connectionOf(connection), tx);
      const items = await insertItems(tx, { session, connections, revision });
      await recordAudit(tx, { ownerId: userId, action: "session.start", sessionId, after: { items } });
      return {
        value: ok({ items }),
        deltas: { queued: items },
        set: {
          state: "running",
          snapshot: {
            prompt: session.prompt,
            settings: session.settings,
            frozenAt: new Date().toISOString(),
          },
          startedAt: new Date(),
          startedBy: actingPerson(),
          worstPrice,
        },
      };
    },
  );
  return result ?? gone();
}

const NOTHING_ON = "No step would run: they are all switched off. Switch one on, then start.";

/** What must hold of the inputs before a start; each refusal says what to do. */
async function refusalOf(tx: Transaction, session: Session, leaveOut: boolean): Promise<Refused | null> {
  const [facts] = await tx.execute<{ ready: number; open: number }>(sql`
    select count(*) filter (where role = 'source' and state = 'ready' and not excluded)::int as ready,
      count(*) filter (where state in ('uploading', 'probing') and not excluded)::int as open
    from inputs where session_id = ${session.id} and removed_at is null`);
  const { ready, open } = facts ?? { ready: 0, open: 0 };
  if (open > 0 && !leaveOut) {
    return refused(
      "uploading",
      `${open} files are still on their way. Wait for them, or start with the ${ready} here.`,
    );
  }
  if (ready > 0) return null;
  return refused("empty", "There is no image to work on yet. Add images, then start.");
}

async function insertItems(
  tx: Transaction,
  { session, connections, revision }: { session: Session; connections: (string | null)[]; revision: number },
): Promise<number> {
  await tx.execute(sql`
    update inputs set excluded = true, revision = ${revision}
    where session_id = ${session.id} and state in ('uploading', 'probing') and removed_at is null`);
  const [row] = await tx.execute<{ made: number }>(sql`
    with source as (
      select i.*, row_number() over (order by i.position) as rank from inputs i
      where i.session_id = ${session.id} and i.role = 'source' and i.state = 'ready' and not i.excluded
        and i.removed_at is null
    ), made as (
      insert into items (owner_id, session_id, input_id, step_id, position, connection, lane, ready, revision,
        image_units)
      select ${session.ownerId}, ${session.id}, i.id, st.id, i.rank, q.queue, ${laneInSql(sql`q.queue`)},
        0 = all(st.fed_by), ${revision}, ${imageUnits()}
      from source i cross join steps st
      cross join lateral (select ${JSON.stringify(connections)}::jsonb ->> (st.position - 1) as queue) q
      where st.session_id = ${session.id} and q.queue is not null
      on conflict do nothing returning 1
    ) select count(*)::int as made from made`);
  return row?.made ?? 0;
}
