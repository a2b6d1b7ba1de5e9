import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import type { Session } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { actingPerson } from "@/lib/auth/acting";
import { ensureLimits } from "@/lib/connections/mutations/ensure-limits";
import { type Emit, transact } from "@/lib/events";
import { dispatch } from "@/lib/items/mutations/dispatch";
import { resolveModel } from "@/lib/models/resolve";

import { ok, type Refused, type Result, refused } from "@/lib/result";
import { DEFAULT_SETTINGS } from "../constants";
import { countsOf } from "../counts";
import { listPriceGroups, priceOfGroup } from "../queries/list-price-groups";
import { misfitOf, tooDear } from "../start-checks";
import { mayBecome, totalItems } from "../status";
import { gone } from "../words";
import { changeSession } from "./change-session";

type Started = { items: number };

/**
 * Starts a draft: freezes prompt and settings, inserts all items in one statement and moves to running, all in one
 * transaction; then hands out the first ones. Pressing again answers the same. `leaveOut` starts without files
 * that are still on their way; otherwise they refuse the start.
 */
export async function startSession(given: {
  userId: string;
  sessionId: string;
  leaveOut?: boolean;
}): Promise<Result<Started>> {
  const started = await transact((tx, emit) => startInTransaction(tx, emit, given));
  if (started.ok) await dispatch(started.value.connection);
  return started;
}

async function startInTransaction(
  tx: Transaction,
  emit: Emit,
  { userId, sessionId, leaveOut = false }: { userId: string; sessionId: string; leaveOut?: boolean },
): Promise<Result<Started & { connection: string }>> {
  const result = await changeSession<Result<Started & { connection: string }>>(
    tx,
    emit,
    { sessionId, ownerId: userId },
    async (session, revision) => {
      const { connection, model: modelId } = { ...DEFAULT_SETTINGS, ...session.settings };
      const model = await resolveModel({ connection, model: modelId, ownerId: userId });
      if (!model) return { value: refused("model", MODEL_GONE) };
      if (!mayBecome(session.state, "running") || session.state !== "draft") {
        return { value: ok({ items: totalItems(countsOf(session)), connection: model.connection }) };
      }
      const refusal = await refusalOf(tx, session, leaveOut);
      if (refusal) return { value: refusal };
      const groups = await listPriceGroups(tx, session);
      const worstPrice = Math.max(
        0,
        ...groups.map((group) => priceOfGroup(model, group, session.settings).max),
      );
      const misfit = misfitOf(model, groups) ?? tooDear(session, worstPrice);
      if (misfit) return { value: misfit };
      await ensureLimits(model.connection, tx);
      const items = await insertItems(tx, { session, connection: model.connection, revision });
      await recordAudit(tx, { ownerId: userId, action: "session.start", sessionId, after: { items } });
      return {
        value: ok({ items, connection: model.connection }),
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

const MODEL_GONE = "This model or its connection is not here any more. Choose another one, then start.";

/** What must hold before a start; each refusal says what to do. */
async function refusalOf(tx: Transaction, session: Session, leaveOut: boolean): Promise<Refused | null> {
  const [facts] = await tx.execute<{ ready: number; open: number; prompted: number }>(sql`
    select count(*) filter (where role = 'source' and state = 'ready' and not excluded)::int as ready,
      count(*) filter (where state in ('uploading', 'probing') and not excluded)::int as open,
      count(*) filter (where role = 'source' and state = 'ready' and not excluded and prompt_mode <> 'inherit'
        and btrim(prompt) <> '')::int as prompted
    from inputs where session_id = ${session.id} and removed_at is null`);
  const { ready, open, prompted } = facts ?? { ready: 0, open: 0, prompted: 0 };
  if (open > 0 && !leaveOut) {
    return refused(
      "uploading",
      `${open} files are still on their way. Wait for them, or start with the ${ready} here.`,
    );
  }
  if (ready === 0) return refused("empty", "There is no image to work on yet. Add images, then start.");
  if (!session.prompt.trim() && prompted === 0) {
    return refused("prompt", "There is no prompt yet. Write what should happen to the images, then start.");
  }
  return null;
}

async function insertItems(
  tx: Transaction,
  { session, connection, revision }: { session: Session; connection: string; revision: number },
): Promise<number> {
  await tx.execute(sql`
    update inputs set excluded = true, revision = ${revision}
    where session_id = ${session.id} and state in ('uploading', 'probing') and removed_at is null`);
  const [row] = await tx.execute<{ made: number }>(sql`
    with made as (
      insert into items (owner_id, session_id, input_id, step_id, position, connection, ready, revision, image_units)
      select ${session.ownerId}, ${session.id}, i.id, st.id,
        row_number() over (order by i.position, st.position), ${connection}, st.source_step is null, ${revision},
        greatest(1, (i.image_id is not null)::int + (
          select count(*) from inputs r where r.session_id = ${session.id} and r.role = 'reference'
            and r.state = 'ready' and r.removed_at is null and not r.excluded
            and (r.for_input_id is null or r.for_input_id = i.id)))
      from inputs i cross join steps st
      where i.session_id = ${session.id} and i.role = 'source' and i.state = 'ready' and not i.excluded
        and i.removed_at is null and st.session_id = ${session.id}
      on conflict do nothing returning 1
    ) select count(*)::int as made from made`);
  return row?.made ?? 0;
}
