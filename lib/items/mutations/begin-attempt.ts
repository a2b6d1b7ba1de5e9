import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import { db } from "@/db";
import { attempts, images, inputs, items, sessions, steps } from "@/db/schema";
import { currentWorkerId } from "@/lib/limits/worker-identity";
import { effectivePrompt } from "@/lib/prompts/merge";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { RUN_LEASE_SECONDS } from "../constants";

export type BegunAttempt = { attemptId: string; sessionId: string; leaseToken: string };

/**
 * Writes the attempt row, before anything is paid. Null when this hand-out is over: the item was taken back, was
 * handed out again, or another run of a repeated event has begun it. The same run asking twice gets its attempt.
 */
export async function beginAttempt({
  itemId,
  dispatch,
  runId,
}: {
  itemId: string;
  dispatch: number;
  runId: string;
}): Promise<BegunAttempt | null> {
  return db().transaction(async (tx) => {
    const facts = await lockItem(tx, itemId);
    if (!facts) return null;
    const { item } = facts;
    const { sessionId, leaseToken } = item;
    if (!leaseToken || item.status !== "running" || item.dispatch !== dispatch) return null;
    // A statement of its own: one that waited for the lock would still see the attempts from before.
    const [sending] = await tx
      .select({ id: attempts.id, runId: attempts.runId })
      .from(attempts)
      .where(and(eq(attempts.itemId, itemId), eq(attempts.outcome, "sending")));
    if (sending) return sending.runId === runId ? { attemptId: sending.id, sessionId, leaseToken } : null;
    await tx
      .update(items)
      .set({
        attemptCount: item.attemptCount + 1,
        workerId: currentWorkerId(),
        leaseUntil: sql`now() + make_interval(secs => ${RUN_LEASE_SECONDS})`,
      })
      .where(eq(items.id, itemId));
    return { attemptId: await insertAttempt(tx, facts, runId), sessionId, leaseToken };
  });
}

type ItemFacts = NonNullable<Awaited<ReturnType<typeof lockItem>>>;

/** The item under its row lock, with all that decides what it is made with. */
async function lockItem(tx: Transaction, itemId: string) {
  const [facts] = await tx
    .select({
      item: items,
      snapshot: sessions.snapshot,
      mode: inputs.promptMode,
      own: inputs.prompt,
      stepPrompt: steps.prompt,
      stepSettings: steps.settings,
    })
    .from(items)
    .innerJoin(sessions, eq(sessions.id, items.sessionId))
    .innerJoin(inputs, eq(inputs.id, items.inputId))
    .innerJoin(steps, eq(steps.id, items.stepId))
    .where(eq(items.id, itemId))
    .for("update", { of: items });
  return facts;
}

async function insertAttempt(tx: Transaction, facts: ItemFacts, runId: string): Promise<string> {
  const { item, snapshot, stepPrompt, stepSettings, mode, own } = facts;
  const settings = { ...DEFAULT_SETTINGS, ...snapshot?.settings, ...stepSettings };
  const prompt = effectivePrompt({ session: stepPrompt ?? snapshot?.prompt ?? "", mode, own });
  const [row] = await tx
    .insert(attempts)
    .values({
      ownerId: item.ownerId,
      itemId: item.id,
      number: item.attemptCount + 1,
      runId,
      prompt: item.promptOverride ?? prompt,
      model: settings.model,
      settings: { output: settings.output },
    })
    .returning({ id: attempts.id });
  if (!row) throw new Error("the attempt was not written");
  return row.id;
}

export type AttemptToMake = {
  ownerId: string;
  itemId: string;
  prompt: string;
  model: string;
  output: typeof DEFAULT_SETTINGS.output;
  seed: number | null;
  source: {
    key: string;
    format: "jpeg" | "png" | "webp";
    width: number;
    height: number;
    alpha: boolean;
  } | null;
};

/**
 * Marks the attempt as sent and answers what to make. Null when it was sent before (a repeated step: its outcome
 * is unknown) or its lease is gone. After this the model may be called once.
 */
export async function claimSend({ attemptId, leaseToken }: BegunAttempt): Promise<AttemptToMake | null> {
  const [row] = await db()
    .update(attempts)
    .set({ sentAt: sql`now()` })
    .from(items)
    .where(
      and(
        eq(attempts.id, attemptId),
        eq(attempts.outcome, "sending"),
        sql`${attempts.sentAt} is null`,
        eq(items.id, attempts.itemId),
        eq(items.leaseToken, leaseToken),
        eq(items.status, "running"),
      ),
    )
    .returning({
      ownerId: attempts.ownerId,
      itemId: attempts.itemId,
      prompt: attempts.prompt,
      model: attempts.model,
      settings: attempts.settings,
      seed: attempts.seed,
    });
  if (!row) return null;
  const { settings, ...facts } = row;
  return { ...facts, output: settings.output, source: await sourceOf(row.itemId) };
}

/** The picture a step works on: the original, or the shown result of the step it names. */
async function sourceOf(itemId: string): Promise<AttemptToMake["source"]> {
  const [image] = await db()
    .select({
      key: images.storageKey,
      format: images.format,
      width: images.width,
      height: images.height,
      alpha: images.alpha,
    })
    .from(items)
    .innerJoin(inputs, eq(inputs.id, items.inputId))
    .innerJoin(steps, eq(steps.id, items.stepId))
    .innerJoin(
      images,
      sql`${images.id} = case when ${steps.sourceStep} is null then ${inputs.imageId} else (
        select a.image_id from items earlier
        join steps es on es.id = earlier.step_id and es.position = ${steps.sourceStep}
        join attempts a on a.id = earlier.current_attempt_id
        where earlier.session_id = ${items.sessionId} and earlier.input_id = ${items.inputId}
          and earlier.variant = ${items.variant}) end`,
    )
    .where(eq(items.id, itemId));
  return image ?? null;
}

/** Keeps a running item's lease; false when it was lost, and the work must stop. */
export async function renewLease({
  itemId,
  leaseToken,
}: {
  itemId: string;
  leaseToken: string;
}): Promise<boolean> {
  const rows = await db()
    .update(items)
    .set({ leaseUntil: sql`now() + make_interval(secs => ${RUN_LEASE_SECONDS})` })
    .where(and(eq(items.id, itemId), eq(items.leaseToken, leaseToken), eq(items.status, "running")))
    .returning({ id: items.id });
  return rows.length > 0;
}
