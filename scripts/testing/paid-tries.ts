import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import { type Attempt, attempts, inputs, items, ledger, months, sessions, steps } from "@/db/schema";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";

// Rows as the engine leaves them, written by hand: for what only reads money.

type Try = Partial<
  Pick<Attempt, "outcome" | "charge" | "cost" | "reserved" | "model" | "errorCode" | "startedAt">
> & {
  /** Null: it is under way. */
  tookMs?: number | null;
  approved?: boolean;
  /** Further tries at the same image. */
  itemId?: string;
};

/** A session with one step and no images yet. */
export async function newPaidSession({
  ownerId,
  name = "Paid",
  state = "finished",
}: {
  ownerId: string;
  name?: string;
  state?: "running" | "finished";
}): Promise<{ ownerId: string; sessionId: string; stepId: string }> {
  const [session] = await db()
    .insert(sessions)
    .values({ ownerId, name, state, settings: DEFAULT_SETTINGS })
    .returning({ id: sessions.id });
  if (!session) throw new Error("no session");
  const [step] = await db()
    .insert(steps)
    .values({ ownerId, sessionId: session.id, position: 1 })
    .returning({ id: steps.id });
  if (!step) throw new Error("no step");
  return { ownerId, sessionId: session.id, stepId: step.id };
}

type PaidSession = Awaited<ReturnType<typeof newPaidSession>>;

/** One try at an image of that session, with its ledger entries and all sums they belong to. */
export async function addTry(session: PaidSession, given: Try = {}): Promise<{ itemId: string; id: string }> {
  const { outcome = "completed", charge = "charged", approved = false } = given;
  const isOver = outcome !== "sending";
  const cost = isOver && charge !== "none" ? (given.cost ?? 40_000) : 0;
  const { reserved = cost, startedAt = new Date(), tookMs = 10_000 } = given;
  const itemId = given.itemId ?? (await newItem(session, approved));
  const [attempt] = await db()
    .insert(attempts)
    .values({
      ownerId: session.ownerId,
      itemId,
      number: sql`(select count(*) + 1 from attempts where item_id = ${itemId})`,
      runId: randomUUID(),
      prompt: "watercolour",
      settings: { output: DEFAULT_SETTINGS.output },
      paid: true,
      connection: "env",
      model: given.model ?? "gpt-image-2",
      errorCode: given.errorCode,
      ...{ outcome, charge: isOver ? charge : "none", cost, reserved, startedAt },
      finishedAt: isOver && tookMs !== null ? new Date(startedAt.getTime() + tookMs) : null,
    })
    .returning({ id: attempts.id });
  if (!attempt) throw new Error("no attempt");
  await db().update(items).set({ currentAttemptId: attempt.id }).where(sql`${items.id} = ${itemId}`);
  await book(session, { attemptId: attempt.id, isOver, charge, cost, reserved, startedAt });
  return { itemId, id: attempt.id };
}

async function newItem({ ownerId, sessionId, stepId }: PaidSession, approved: boolean): Promise<string> {
  const position = sql<number>`(select count(*) + 1 from inputs where session_id = ${sessionId})`;
  const [input] = await db()
    .insert(inputs)
    .values({ ownerId, sessionId, position, state: "ready", sourceName: "photo.png", sourceBytes: 100 })
    .returning({ id: inputs.id, position: inputs.position });
  if (!input) throw new Error("no input");
  const [item] = await db()
    .insert(items)
    .values({
      ...{ ownerId, sessionId, stepId, inputId: input.id, position: input.position },
      ...{ connection: "env", status: "completed", review: approved ? "approved" : "none" },
    })
    .returning({ id: items.id });
  if (!item) throw new Error("no item");
  return item.id;
}

type Booked = {
  attemptId: string;
  isOver: boolean;
  charge: Attempt["charge"];
  cost: number;
  reserved: number;
  startedAt: Date;
};

async function book({ ownerId, sessionId }: PaidSession, given: Booked) {
  const { attemptId, isOver, charge, cost, reserved, startedAt } = given;
  const entry = { ownerId, sessionId, attemptId };
  const entries = [
    { ...entry, kind: "reserve" as const, amount: reserved },
    { ...entry, kind: "release" as const, amount: isOver ? reserved : 0 },
    { ...entry, kind: charge === "maybe" ? ("maybe" as const) : ("charge" as const), amount: cost },
  ].filter(({ amount }) => amount > 0);
  if (entries.length === 0) return;
  await db().insert(ledger).values(entries);
  const held = isOver ? 0 : reserved;
  await db()
    .update(sessions)
    .set({
      spend: sql`${sessions.spend} + ${cost}`,
      maybeSpend: sql`${sessions.maybeSpend} + ${charge === "maybe" ? cost : 0}`,
      reserved: sql`${sessions.reserved} + ${held}`,
    })
    .where(sql`${sessions.id} = ${sessionId}`);
  await db()
    .insert(months)
    .values({ ownerId, month: `${startedAt.toISOString().slice(0, 7)}-01`, spend: cost, reserved: held })
    .onConflictDoUpdate({
      target: [months.ownerId, months.month],
      set: { spend: sql`${months.spend} + ${cost}`, reserved: sql`${months.reserved} + ${held}` },
    });
}
