import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { laneOfQueue } from "@/lib/batches/economy-queue";
import { askToFill } from "@/lib/batches/mutations/ask-to-fill";
import { type Emit, transact } from "@/lib/events";
import { afterAnswer, refund } from "@/lib/limits/adapt";
import { ENTRY_HORIZON_MS, HORIZON_MS } from "@/lib/limits/constants";
import { lockConnection, writeLimit } from "@/lib/limits/mutations";
import { nextHandOut, openSlots, pacesOf } from "@/lib/limits/pace";
import { type LimitNow, readLimit } from "@/lib/limits/queries";
import type { Answer, Limit } from "@/lib/limits/types";
import { together } from "@/lib/together";
import { listReadyConnections } from "../queries/list-ready-connections";
import { sessionsWithItems } from "../queries/sessions-with-items";
import { HandOutRaced, handOut } from "./hand-out";

/** What the end of a call tells the limiter, or that a session comes with items of its own. */
export type News = {
  answer?: Answer | null;
  /** Image units of slots that no call was made for. */
  refundUnits?: number;
  entering?: boolean;
};

/**
 * Hands ready items of one connection out to its free slots: marks them running under a lease, each with its moment,
 * and emits one event each. Fair: the owner, then the session with the fewest running goes first, then list order.
 * Pause, cancel, delete, budgets and a session's own limit are conditions of the query, so waiting rows cost
 * nothing. Calls that end in this process while it hands out share the next hand-out. Answers how many were handed out.
 */
export async function dispatch(connection: string, news: News = {}): Promise<number> {
  // Nothing of an economy queue is made on its own: it is put into batches.
  if (laneOfQueue(connection) === "economy") return askToFill(connection);
  return dispatchTogether(connection, news);
}

const dispatchTogether = together(async (connection, news: readonly News[]) => {
  for (;;) {
    try {
      return await dispatchOnce(connection, news);
    } catch (error) {
      if (!(error instanceof HandOutRaced)) throw error;
    }
  }
});

function dispatchOnce(connection: string, news: readonly News[]): Promise<number> {
  return transact(async (tx, emit) => {
    await lockConnection(tx, connection);
    const read = await readLimit(tx, connection);
    const limit = read.limit && learn(read.limit, news, read);
    const aheadMs = read.running > 0 && news.some(({ entering }) => entering) ? ENTRY_HORIZON_MS : HORIZON_MS;
    const { slots, paced } = limit
      ? openSlots(limit, { ...read, aheadMs })
      : { slots: Math.max(0, read.inFlight - read.running), paced: false };
    const handed =
      slots > 0
        ? await handOut(tx, { connection, slots, pacing: pacingOf(limit, { ...read, aheadMs }) })
        : [];
    for (const item of handed) {
      emit({
        name: "item/dispatched",
        id: `item:${item.id}:${item.dispatch}`,
        data: { itemId: item.id, dispatch: item.dispatch, ownerId: item.ownerId, connection },
      });
    }
    const after = limit && given(limit, handed, read.now);
    if (after && read.limit && after !== read.limit) {
      await writeLimit(tx, connection, { limit: after, before: read.limit });
    }
    const more = paced && handed.length === slots;
    const at = after && more ? nextHandOut(after, read.now) : null;
    // Where only the cores limit it, the end of what was handed out calls dispatch again.
    if (limit || handed.length === 0) await wake(tx, emit, { connection, at, read });
    return handed.length;
  });
}

/** Hand-outs of different connections at once: more would take every connection to the database of this process. */
const SIDE_BY_SIDE = 4;

/** Dispatches every connection that has ready items: those of one session, or all. */
export async function dispatchReady(which: { sessionId?: string } = {}): Promise<void> {
  const ready = (await listReadyConnections(which)).values();
  const one = async () => {
    for (const connection of ready) await dispatch(connection, { entering: which.sessionId !== undefined });
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, one));
}

function learn(before: Limit, news: readonly News[], { now, running }: LimitNow): Limit {
  const answered = news.filter(({ answer }) => answer).length;
  return news.reduce((limit, { answer, refundUnits }) => {
    const paidBack = refundUnits ? refund(limit, refundUnits) : limit;
    // The calls that ended are settled already, so they are not among the running.
    return answer ? afterAnswer(paidBack, answer, { now, running: running + answered }) : paidBack;
  }, before);
}

function pacingOf(limit: Limit | null, { now, aheadMs }: LimitNow & { aheadMs: number }) {
  if (!limit) return null;
  const { images, requests } = pacesOf(limit);
  return {
    now,
    until: now + aheadMs,
    images: images && { ...images, tat: Math.max(limit.imagesTat, now) },
    requests: requests && { ...requests, tat: Math.max(limit.requestsTat, now) },
  };
}

function given(limit: Limit, handed: { units: number }[], now: number): Limit {
  if (handed.length === 0) return limit;
  const { images, requests } = pacesOf(limit);
  const units = handed.reduce((sum, item) => sum + item.units, 0);
  return {
    ...limit,
    imagesTat: images ? Math.max(limit.imagesTat, now) + units * images.interval : limit.imagesTat,
    requestsTat: requests
      ? Math.max(limit.requestsTat, now) + handed.length * requests.interval
      : limit.requestsTat,
  };
}

/**
 * One delayed event at the moment the next slot opens or the next backoff ends. While items only wait for others to
 * end, their end calls dispatch. Moments are whole seconds, so that many hand-outs ask for one event.
 */
async function wake(
  tx: Transaction,
  emit: Emit,
  { connection, at, read }: { connection: string; at: number | null; read: LimitNow },
): Promise<void> {
  const due = at ?? (await nextDue(tx, connection));
  if (due === null) return;
  const second = Math.ceil(Math.max(due, read.now) / 1000) * 1000;
  emit({
    name: "connection/due",
    id: `due:${connection}:${second}`,
    at: new Date(second),
    data: { connection },
  });
}

async function nextDue(tx: Transaction, connection: string): Promise<number | null> {
  const [row] = await tx.execute<{ due: number | null }>(sql`
    with recursive waiting_in as (${sessionsWithItems("waiting_in", { connection, status: "waiting" })})
    select (extract(epoch from min(i.due_at)) * 1000)::float8 as due
    from waiting_in w join sessions s on s.id = w.session_id cross join lateral (
      select due_at from items
      where connection = ${connection} and session_id = s.id and status = 'waiting' and ready
      order by due_at limit 1
    ) i
    where s.state = 'running'`);
  return row?.due ?? null;
}
