import "server-only";
import { eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { type Session, type Step, steps } from "@/db/schema";
import { recordAudit } from "@/lib/audit";
import { connectionInSql, laneInSql, queueOf } from "@/lib/batches/economy-queue";
import { laneOf } from "@/lib/batches/lane-of";
import { type Emit, transact } from "@/lib/events";
import { dispatchReady } from "@/lib/items/mutations/dispatch";
import { resolveModel } from "@/lib/models/resolve";
import { ok, type Result, refused } from "@/lib/result";
import { addDeltas } from "@/lib/sessions/counts";
import { changeSession, type SessionChange } from "@/lib/sessions/mutations/change-session";
import type { SessionSettings } from "@/lib/sessions/types";
import type { ItemCounts } from "@/lib/sessions/wire";
import { gone } from "@/lib/sessions/words";
import { ORIGINAL } from "../constants";
import { describeChanges } from "../describe-changes";
import { baseOf, toChainStep } from "../queries/list-chain";
import { withBase } from "../step-settings";
import type { ChainStep } from "../types";
import { wireChain } from "../wire-chain";
import { refreshChains } from "./refresh-chains";

type Save = {
  userId: string;
  sessionId: string;
  chainVersion: number;
  steps: ChainStep[];
  settings?: SessionSettings;
};

type Saved = { chainVersion: number };

/**
 * Saves a chain, before the start or after. Steps that are not in it any more keep what they made and come back with
 * it. Results made with other words, settings or pictures are out of date from now on; nothing runs by itself. A
 * writer that has not seen the latest save is told what it changed.
 */
export async function saveChain(given: Save): Promise<Result<Saved>> {
  const { userId, sessionId } = given;
  const result = await transact((tx, emit) =>
    changeSession<Result<Saved>>(tx, emit, { sessionId, ownerId: userId }, (session, revision) =>
      saveUnderLock(tx, emit, { ...given, session, revision }),
    ),
  );
  // What waited for a removed step may run now.
  if (result?.ok) await dispatchReady({ sessionId });
  return result ?? gone();
}

async function saveUnderLock(
  tx: Transaction,
  emit: Emit,
  { session, revision, steps: wanted, settings, chainVersion }: Save & { session: Session; revision: number },
): Promise<SessionChange<Result<Saved>>> {
  const rows = await tx.select().from(steps).where(eq(steps.sessionId, session.id));
  if (session.chainVersion !== chainVersion) return { value: savedElsewhere(rows, wanted) };
  const started = session.state !== "draft";
  const next = {
    chainVersion: chainVersion + 1,
    stepCount: wanted.length,
    ...(settings ? { settings } : {}),
    ...(settings && session.snapshot
      ? { snapshot: { ...session.snapshot, settings, frozenAt: new Date().toISOString() } }
      : {}),
  };
  const changed = { ...session, ...next };
  if (await isForeign(tx, rows, wanted)) return { value: foreignStep() };
  await writeSteps(tx, changed, rows, wanted);
  const calledOff = started ? await callOffRemoved(tx, changed, revision) : {};
  if (started) await moveToConnections(tx, changed, wanted);
  const moved = started ? await refreshChains(tx, emit, { session: changed, revision }) : {};
  await recordAudit(tx, {
    ownerId: session.ownerId,
    action: "chain.save",
    sessionId: session.id,
    after: { steps: wanted.length, version: next.chainVersion },
  });
  return {
    value: ok({ chainVersion: next.chainVersion }),
    deltas: addDeltas(calledOff, moved),
    set: next,
  };
}

function savedElsewhere(rows: readonly Step[], mine: readonly ChainStep[]) {
  const saved = rows
    .filter(({ position }) => position !== null)
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .map(toChainStep);
  return refused(
    "conflict",
    `Another tab saved this chain after you opened it: ${describeChanges(saved, mine)}. Yours is still in this tab; nothing was overwritten.`,
  );
}

function foreignStep() {
  return refused("chain", "A step of this chain belongs to another session. Nothing was changed.");
}

/** A step that is new here but has an id that is taken. */
async function isForeign(
  tx: Transaction,
  rows: readonly Step[],
  chain: readonly ChainStep[],
): Promise<boolean> {
  const known = new Set(rows.map(({ id }) => id));
  const fresh = chain.flatMap(({ id }) => (known.has(id) ? [] : [id]));
  if (fresh.length === 0) return false;
  const taken = await tx.select({ id: steps.id }).from(steps).where(inArray(steps.id, fresh));
  return taken.length > 0;
}

/** Places may be swapped: they are checked at the end of the transaction. */
async function writeSteps(
  tx: Transaction,
  session: Session,
  rows: readonly Step[],
  chain: readonly ChainStep[],
): Promise<void> {
  const wiring = wireChain(chain);
  const wanted = chain.map(({ id, prompt, settings, source, references, enabled }, at) => ({
    id,
    position: at + 1,
    prompt,
    settings,
    sourceStep: source === ORIGINAL ? null : source,
    referenceSteps: references,
    enabled,
    fedBy: wiring[at] ?? [ORIGINAL],
  }));
  const known = new Set(rows.map(({ id }) => id));
  const fresh = wanted.filter(({ id }) => !known.has(id));
  await tx.execute(sql`
    update steps s set position = w.position, prompt = w.prompt, settings = w.settings, enabled = coalesce(w.enabled, s.enabled),
      source_step = w."sourceStep",
      reference_steps = coalesce(array(select jsonb_array_elements_text(w."referenceSteps")::integer), '{}'),
      fed_by = coalesce(array(select jsonb_array_elements_text(w."fedBy")::integer), '{0}')
    from steps old left join jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
      as w(id uuid, position integer, prompt text, settings jsonb, "sourceStep" integer, "referenceSteps" jsonb,
        enabled boolean, "fedBy" jsonb) on w.id = old.id
    where s.id = old.id and s.session_id = ${session.id} and (w.id is not null or s.position is not null)`);
  if (fresh.length === 0) return;
  await tx
    .insert(steps)
    .values(fresh.map((step) => ({ ...step, ownerId: session.ownerId, sessionId: session.id })));
}

/** What waits to be made by a step that was taken out is not made; what it made before is kept. */
async function callOffRemoved(
  tx: Transaction,
  session: Session,
  revision: number,
): Promise<Partial<ItemCounts>> {
  const rows = await tx.execute<{
    before: "queued" | "waiting";
    after: "cancelled" | "completed";
    n: number;
  }>(sql`
    with waiting as (
      select i.id, i.status from items i join steps st on st.id = i.step_id
      where i.session_id = ${session.id} and st.position is null and i.status in ('queued', 'waiting')
    ), ended as (
      update items i set status = case when i.current_attempt_id is null then 'cancelled' else 'completed' end,
        due_at = null, revision = ${revision}, updated_at = now()
      from waiting w where w.id = i.id returning w.status as before, i.status as after
    ) select before, after, count(*)::int as n from ended group by before, after`);
  const deltas: Partial<ItemCounts> = {};
  for (const { before, after, n } of rows) {
    deltas[before] = (deltas[before] ?? 0) - n;
    deltas[after] = (deltas[after] ?? 0) + n;
  }
  return deltas;
}

/** What waits goes the way its step says by now. */
async function moveToConnections(
  tx: Transaction,
  session: Session,
  chain: readonly ChainStep[],
): Promise<void> {
  const ways = await Promise.all(
    chain.map(async (step) => {
      const { connection, model: id, lane } = withBase(baseOf(session), step).settings;
      const model = await resolveModel({ connection, model: id, ownerId: session.ownerId });
      return { id: step.id, connection: model && queueOf(model.connection, laneOf(lane, model)) };
    }),
  );
  await tx.execute(sql`
    update items i set connection = w.connection, lane = ${laneInSql(sql`w.connection`)}
    from jsonb_to_recordset(${JSON.stringify(ways)}::jsonb) as w(id uuid, connection text)
    where i.session_id = ${session.id} and i.step_id = w.id and i.status in ('queued', 'waiting', 'unmet')
      and w.connection is not null and i.connection <> w.connection
      -- What was moved to the live lane stays there.
      and not (i.lane = 'live' and ${connectionInSql(sql`w.connection`)} = i.connection)`);
}
