import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { type Attempt, attempts, type Item, type ItemStatus, items, ledger, type Session } from "@/db/schema";
import { type Emit, transact } from "@/lib/events";
import { settleMoney } from "@/lib/items/mutations/hold-money";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { addDeltas } from "@/lib/sessions/counts";
import { changeSession, type SessionChange } from "@/lib/sessions/mutations/change-session";
import { refreshChains } from "@/lib/steps/mutations/refresh-chains";
import { MOST_UNMADE } from "../constants";
import { connectionInSql } from "../economy-queue";
import type { OpenLine } from "../queries/batch-lines";

/** A line that came back without a result, and why. */
export type ComeBack = Pick<OpenLine, "attemptId" | "leaseToken"> & {
  /** `unmade`: nobody worked on it. */
  code: string;
  words: string;
  details?: string;
  /** `maybe`: the provider may have made and charged it all the same. */
  charge: "none" | "maybe";
};

type Pause = Exclude<Session["pauseReason"], null>;

/**
 * Takes lines out of a batch, all in one transaction: their items wait for the next batch, or go live where that is
 * wanted. One that was not sent was no attempt and is forgotten; what may have been charged is repeated once at most
 * (R16). Items of a cancelled session are cancelled. Lines that are not held any more are passed by.
 */
export async function returnLines(
  sessionId: string,
  { lines, pause = null }: { lines: readonly ComeBack[]; pause?: Pause | null },
): Promise<void> {
  if (lines.length === 0 && !pause) return;
  await transact((tx, emit) =>
    changeSession(tx, emit, { sessionId, deleted: true }, (session, revision) =>
      takeOut(tx, emit, { session, revision, lines, pause }),
    ),
  );
}

type Held = { attempt: Attempt; item: Item; unmadeBefore: number; why: ComeBack };

async function takeOut(
  tx: Transaction,
  emit: Emit,
  given: { session: Session; revision: number; lines: readonly ComeBack[]; pause: Pause | null },
): Promise<SessionChange<boolean>> {
  const { session, revision, lines, pause } = given;
  const held = await findHeld(tx, lines);
  const after = held.map((one) => ({ ...one, status: statusAfter(one, session) }));
  await writeItems(tx, after, revision);
  for (const one of held) await closeAttempt(tx, one, session.id);
  const inputIds = [...new Set(held.map(({ item }) => item.inputId))];
  const followers = await refreshChains(tx, emit, { session, revision, inputIds });
  const maybe = held.filter(isMaybe).reduce((sum, { attempt }) => sum + attempt.reserved, 0);
  const deltas = after.map(({ status }) => ({ running: -1, [status]: 1 }));
  return {
    value: true,
    deltas: [...deltas, followers].reduce(addDeltas, {}),
    spend: maybe,
    maybeSpend: maybe,
    reserved: -held.reduce((sum, { attempt }) => sum + attempt.reserved, 0),
    set: pause && session.state === "running" ? { state: "paused", pauseReason: pause } : {},
  };
}

async function findHeld(tx: Transaction, lines: readonly ComeBack[]): Promise<Held[]> {
  if (lines.length === 0) return [];
  const ids = JSON.stringify(lines.map(({ attemptId }) => attemptId));
  const rows = await tx
    .select({
      attempt: attempts,
      item: items,
      unmadeBefore: sql<number>`(select count(*)::int from attempts u
        where u.item_id = ${items.id} and u.error_code = 'unmade')`,
    })
    .from(attempts)
    .innerJoin(items, eq(items.id, attempts.itemId))
    .where(
      sql`${attempts.id} in (select jsonb_array_elements_text(${ids}::jsonb)::uuid)
        and ${attempts.outcome} = 'sending' and ${attempts.receivedAt} is null and ${items.status} = 'running'`,
    )
    .for("update", { of: items });
  const byId = new Map(lines.map((line) => [line.attemptId, line]));
  return rows.flatMap(({ attempt, item, unmadeBefore }) => {
    const why = byId.get(attempt.id);
    return why && why.leaseToken === item.leaseToken ? [{ attempt, item, unmadeBefore, why }] : [];
  });
}

function isMaybe({ attempt, why }: Held): boolean {
  return attempt.sentAt !== null && why.charge === "maybe";
}

const TOO_OFTEN = `${MOST_UNMADE} batches came back without it. Move it to the live lane, or retry.`;

function isTooOften({ unmadeBefore, why }: Held): boolean {
  return why.code === "unmade" && unmadeBefore + 1 >= MOST_UNMADE;
}

/** An earlier result outlives what was asked for anew. */
function statusAfter(
  held: Held,
  session: Session,
): Extract<ItemStatus, "queued" | "failed" | "cancelled" | "completed"> {
  const { item } = held;
  const { whenUnknown } = { ...DEFAULT_SETTINGS, ...session.snapshot?.settings };
  const asks = isMaybe(held) && (whenUnknown === "ask" || item.unknownOutcomes > 0);
  const called = session.state === "cancelled";
  if (!(asks || isTooOften(held) || called)) return "queued";
  return item.currentAttemptId ? "completed" : called ? "cancelled" : "failed";
}

async function writeItems(
  tx: Transaction,
  after: readonly (Held & { status: ItemStatus })[],
  revision: number,
): Promise<void> {
  const rows = after.map((one) => ({
    id: one.item.id,
    status: one.status,
    unknown: isMaybe(one) ? 1 : 0,
    forgotten: one.attempt.sentAt === null ? 1 : 0,
  }));
  await tx.execute(sql`
    update items i set
      status = c.status, unknown_outcomes = i.unknown_outcomes + c.unknown,
      attempt_count = i.attempt_count - c.forgotten,
      connection = case when i.lane = 'live' then ${connectionInSql(sql`i.connection`)} else i.connection end,
      lease_token = null, lease_until = null, worker_id = null, due_at = null,
      revision = ${revision}, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as c(id uuid, status text, unknown integer, forgotten integer)
    where i.id = c.id`);
}

async function closeAttempt(tx: Transaction, held: Held, sessionId: string): Promise<void> {
  const { attempt, why } = held;
  const charge = isMaybe(held) ? "maybe" : "none";
  const cost = charge === "maybe" ? attempt.reserved : 0;
  if (attempt.reserved > 0) await settleMoney(tx, attempt, { sessionId, charge, cost });
  if (attempt.sentAt === null) {
    await tx.delete(ledger).where(eq(ledger.attemptId, attempt.id));
    await tx.delete(attempts).where(eq(attempts.id, attempt.id));
    return;
  }
  await tx
    .update(attempts)
    .set({
      outcome: why.code === "unmade" ? "cancelled" : charge === "maybe" ? "lost" : "failed",
      finishedAt: sql`now()`,
      errorCode: why.code,
      errorWords: isTooOften(held) ? `${why.words} ${TOO_OFTEN}` : why.words,
      errorDetails: why.details,
      charge,
      cost,
    })
    .where(eq(attempts.id, attempt.id));
}
