import "server-only";
import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/db";
import { batches, type Session } from "@/db/schema";
import { type Emit, transact } from "@/lib/events";
import { itemFacts } from "@/lib/items/queries/item-facts";
import { resolveModel } from "@/lib/models/resolve";
import { changeSession, type SessionChange } from "@/lib/sessions/mutations/change-session";
import { linesOf } from "../batch-size";
import { CLAIM_LEASE_SECONDS } from "../constants";
import { connectionOf } from "../economy-queue";
import { fillableSessions } from "../queries/fillable-sessions";
import type { BatchEndpoint, ClaimedItem } from "../types";

/** In one run; what is left is asked for again. */
const MOST_BATCHES = 20;

/** Takes ready items of an economy queue into batches, sessions in turn. Answers how many batches. */
export async function claimBatches(queue: string): Promise<number> {
  let made = 0;
  for (const sessionId of await fillableSessions(queue)) {
    if (made >= MOST_BATCHES) break;
    if (await claimBatch({ queue, sessionId })) made += 1;
  }
  return made;
}

type Wanted = { queue: string; sessionId: string };

async function claimBatch(wanted: Wanted): Promise<boolean> {
  const kind = await nextKind(wanted);
  if (!kind) return false;
  const claimed = await transact((tx, emit) =>
    changeSession(tx, emit, { sessionId: wanted.sessionId }, (session, revision) =>
      claimUnderLock(tx, emit, { ...wanted, ...kind, session, revision }),
    ),
  );
  return claimed ?? false;
}

type First = { id: string; stepId: string; pictured: boolean };

/** The step and kind of the item whose turn it is are the batch's. One whose pictures are gone is passed by. */
async function nextKind(wanted: Wanted): Promise<Kind | null> {
  for (const first of await firstReady(wanted)) {
    const kind = await kindOf(first);
    if (kind) return kind;
  }
  return null;
}

function firstReady({ queue, sessionId }: Wanted): Promise<First[]> {
  return db().execute<First>(sql`
    select i.id, i.step_id as "stepId", ${isPictured()} as pictured
    from items i join inputs p on p.id = i.input_id join steps st on st.id = i.step_id
    where i.session_id = ${sessionId} and i.connection = ${queue} and ${isReady()}
    order by i.position limit 10`);
}

const isReady = () =>
  sql`i.lane = 'economy' and i.ready and (i.status = 'queued' or (i.status = 'waiting' and i.due_at <= now()))`;
/** Whether there is a picture to work on: calls with and without are different ones. */
const isPictured = () => sql`(p.image_id is not null or st.fed_by[1] <> 0)`;

type Kind = First & { model: string; endpoint: BatchEndpoint; most: number };

/** What a batch with this item would be; null: its pictures are gone. One whose model is gone says so when it begins. */
async function kindOf(first: First): Promise<Kind | null> {
  const facts = await itemFacts(first.id);
  if (!facts) return null;
  const { connection, model: id, provider, output } = facts.settings;
  const model = await resolveModel({ connection, model: id, ownerId: facts.item.ownerId });
  const most = linesOf({ provider, output, promptChars: facts.prompt.length });
  // References alone make an edit of it, too; those that differ go back when the batch begins.
  const edits = first.pictured || facts.earlier.length > 0;
  return { ...first, model: id, endpoint: edits ? "edits" : "generations", most: model ? most : 1 };
}

async function claimUnderLock(
  tx: Transaction,
  emit: Emit,
  { session, revision, queue, ...kind }: Kind & Wanted & { session: Session; revision: number },
): Promise<SessionChange<boolean> | null> {
  const connection = connectionOf(queue);
  const room = Math.min(kind.most, roomOf(session));
  if (session.state !== "running" || room < 1) return null;
  if (await mustNot(tx, { sessionId: session.id, connection, model: kind.model })) return null;
  const taken = await takeItems(tx, { session, revision, queue, room, ...kind });
  if (taken.items.length === 0) return null;
  const [batch] = await tx
    .insert(batches)
    .values({
      ownerId: session.ownerId,
      sessionId: session.id,
      connection,
      model: kind.model,
      endpoint: kind.endpoint,
      claimed: taken.items,
      lines: taken.items.length,
    })
    .returning({ id: batches.id });
  if (!batch) return null;
  emit({ name: "batch/due", id: `batch:${batch.id}:0`, data: { batchId: batch.id } });
  return {
    value: true,
    deltas: { queued: -taken.queued, waiting: -taken.waiting, running: taken.items.length },
    set: { batched: true },
  };
}

/** Another one is put together already, or the provider wants no more for now. */
async function mustNot(
  tx: Transaction,
  { sessionId, connection, model }: { sessionId: string; connection: string; model: string },
): Promise<boolean> {
  const [row] = await tx.execute(sql`
    select 1 from batches b
    where (b.session_id = ${sessionId} and b.state in ('filling', 'uploaded', 'creating'))
      or (b.connection = ${connection} and b.model = ${model} and b.hold_until > now())
    limit 1`);
  return row !== undefined;
}

/** What its stop still pays at the worst price. */
function roomOf({ budget, spend, reserved, worstPrice }: Session): number {
  if (budget === null || worstPrice === 0) return Number.POSITIVE_INFINITY;
  return Math.floor((budget - spend - reserved) / worstPrice);
}

type Take = Kind & { session: Session; revision: number; queue: string; room: number };

async function takeItems(
  tx: Transaction,
  { session, revision, queue, room, stepId, pictured }: Take,
): Promise<{ items: ClaimedItem[]; queued: number; waiting: number }> {
  const rows = await tx.execute<ClaimedItem & { before: string }>(sql`
    with picked as materialized (
      select i.id, i.status as before
      from items i join inputs p on p.id = i.input_id join steps st on st.id = i.step_id
      where i.session_id = ${session.id} and i.connection = ${queue} and i.step_id = ${stepId} and ${isReady()}
        and ${isPictured()} = ${pictured}
      order by i.position limit ${room}
    )
    update items i set
      status = 'running', lease_token = gen_random_uuid(), worker_id = null, due_at = null,
      lease_until = now() + make_interval(secs => ${CLAIM_LEASE_SECONDS}),
      dispatch = i.dispatch + 1, revision = ${revision}, updated_at = now()
    from picked where i.id = picked.id
    returning i.id as "itemId", i.dispatch, picked.before`);
  const items = rows.map(({ itemId, dispatch }) => ({ itemId, dispatch }));
  const queued = rows.filter(({ before }) => before === "queued").length;
  return { items, queued, waiting: rows.length - queued };
}
