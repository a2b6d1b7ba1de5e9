import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { type Attempt, ledger, sessions } from "@/db/schema";
import { installationBudget } from "@/lib/usage/installation-budget";

// Amounts are micro-dollars. A month is a calendar month of UTC, the one in which the call began.

/**
 * Holds the worst price of one call against the session's stop and its owner's month, each by one conditional
 * update, so that calls that begin together cannot overspend together. Answers which of them said no; the caller
 * then ends the transaction.
 */
export async function reserveMoney(
  tx: Transaction,
  { ownerId, sessionId, amount }: { ownerId: string; sessionId: string; amount: number },
): Promise<"budget" | "month_budget" | "state" | null> {
  const session = await tx.execute(sql`
    update sessions set reserved = reserved + ${amount}::bigint
    where id = ${sessionId} and state = 'running' and (budget is null or spend + reserved + ${amount}::bigint <= budget)
    returning 1`);
  if (session.length === 0) return (await isRunning(tx, sessionId)) ? "budget" : "state";
  const cap = monthlyBudget(ownerId);
  const month = await tx.execute(sql`
    insert into months as m (owner_id, month, reserved)
    select ${ownerId}, ${monthOf(sql`now()`)}, ${amount}::bigint
    where ${cap} is null or ${amount}::bigint <= ${cap}
    on conflict (owner_id, month) do update set reserved = m.reserved + excluded.reserved
      where ${cap} is null or m.spend + m.reserved + excluded.reserved <= ${cap}
    returning 1`);
  return month.length > 0 ? null : "month_budget";
}

async function isRunning(tx: Transaction, sessionId: string): Promise<boolean> {
  const [row] = await tx.select({ state: sessions.state }).from(sessions).where(eq(sessions.id, sessionId));
  return row?.state === "running";
}

type HeldAttempt = Pick<Attempt, "id" | "ownerId" | "reserved" | "startedAt">;

/**
 * Ends what an attempt held: releases its reservation and books what was charged, or may have been. The session's
 * own sums are its caller's to change (`changeSession`), in the same transaction.
 */
export async function settleMoney(
  tx: Transaction,
  attempt: HeldAttempt,
  { sessionId, charge, cost }: { sessionId: string; charge: "none" | "charged" | "maybe"; cost: number },
): Promise<void> {
  const { id: attemptId, ownerId, reserved } = attempt;
  const entry = { ownerId, sessionId, attemptId };
  const entries = [
    ...(reserved > 0 ? [{ ...entry, kind: "release" as const, amount: reserved }] : []),
    ...(charge === "charged" && cost > 0 ? [{ ...entry, kind: "charge" as const, amount: cost }] : []),
    ...(charge === "maybe" && cost > 0 ? [{ ...entry, kind: "maybe" as const, amount: cost }] : []),
  ];
  if (entries.length === 0) return;
  await tx.insert(ledger).values(entries);
  const spent = charge === "none" ? 0 : cost;
  await tx.execute(sql`
    insert into months as m (owner_id, month, spend)
    values (${ownerId}, ${monthOf(sql`${attempt.startedAt.toISOString()}::timestamptz`)}, ${spent}::bigint)
    on conflict (owner_id, month) do update set
      spend = m.spend + ${spent}::bigint, reserved = m.reserved - ${reserved}::bigint`);
}

/** SQL: what a month may cost a person: their own limit, else the installation's; null: no limit. */
function monthlyBudget(ownerId: string): SQL {
  return sql`(select coalesce(monthly_budget, ${installationBudget()}::bigint) from users where id = ${ownerId})`;
}

function monthOf(time: SQL): SQL {
  return sql`date_trunc('month', ${time} at time zone 'utc')::date`;
}
