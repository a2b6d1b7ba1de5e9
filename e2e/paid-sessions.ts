import { randomUUID } from "node:crypto";
import { asc, eq, sql } from "drizzle-orm";
import { db } from "@/db";
import { type Attempt, attempts, connections, type Item, inputs, items, sessions, steps } from "@/db/schema";
import { DEFAULT_PROVIDER, DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import type { SessionSettings } from "@/lib/sessions/types";

// Sessions with a paid model as the engine leaves them, written by hand: nothing here is ever sent anywhere.

const MODEL = "gpt-image-2.5-flare";
const SNAPSHOT = `${MODEL}-2026-09-08`;

export type PaidStates = Record<
  "a paid draft" | "a run at its stop" | "paid failures" | "a paid result",
  string
>;

/** Turns three drafts with ready images into what a paid model leaves; answers their pages. */
export async function paidStates(
  userId: string,
  drafts: readonly [string, string, string],
): Promise<PaidStates> {
  const [draft, stopped, failed] = drafts;
  const settings = await paidSettings(userId);
  await db().update(sessions).set({ settings, budget: 60_000_000 }).where(eq(sessions.id, draft));
  await stopAtBudget(await paidRun(stopped, settings));
  const shown = await failInThreeWays(await paidRun(failed, settings));
  return {
    "a paid draft": `/sessions/${draft}`,
    "a run at its stop": `/sessions/${stopped}`,
    "paid failures": `/sessions/${failed}`,
    "a paid result": `/sessions/${failed}?item=${shown}`,
  };
}

async function paidSettings(ownerId: string): Promise<SessionSettings> {
  const [connection] = await db()
    .insert(connections)
    .values({ ownerId, label: "Studio account", dialect: "openai", baseUrl: "https://images.example.com/v1" })
    .returning({ id: connections.id });
  if (!connection) throw new Error("no connection");
  return {
    ...DEFAULT_SETTINGS,
    connection: connection.id,
    model: MODEL,
    provider: { ...DEFAULT_PROVIDER, size: "1536x1024", quality: "high" },
  };
}

type Run = {
  sessionId: string;
  ownerId: string;
  settings: SessionSettings;
  items: (Item & { imageId: string })[];
};

/** A started session with an item for each ready image, all waiting. */
async function paidRun(sessionId: string, settings: SessionSettings): Promise<Run> {
  const [step] = await db().select().from(steps).where(eq(steps.sessionId, sessionId));
  const sources = await db()
    .select()
    .from(inputs)
    .where(sql`${inputs.sessionId} = ${sessionId} and ${inputs.imageId} is not null`)
    .orderBy(asc(inputs.position));
  if (!step) throw new Error("no step");
  const made = await Promise.all(
    sources.map(async ({ id: inputId, imageId, ownerId }, at) => {
      const unit = { ownerId, sessionId, inputId, stepId: step.id, position: at + 1 };
      const [item] = await db()
        .insert(items)
        .values({ ...unit, connection: settings.connection })
        .returning();
      if (!item || !imageId) throw new Error("no item");
      return { ...item, imageId };
    }),
  );
  return { sessionId, ownerId: step.ownerId, settings, items: made };
}

type Try = Pick<Attempt, "outcome"> & Partial<Attempt>;

async function addAttempt({ ownerId, settings }: Run, item: Item, given: Try): Promise<string> {
  const [attempt] = await db()
    .insert(attempts)
    .values({
      ownerId,
      itemId: item.id,
      number: 1,
      runId: randomUUID(),
      prompt: "a seamless light-grey studio",
      model: MODEL,
      connection: settings.connection,
      paid: true,
      settings: { output: settings.output, provider: settings.provider },
      startedAt: new Date(Date.now() - 24_000),
      finishedAt: new Date(),
      ...given,
    })
    .returning({ id: attempts.id });
  if (!attempt) throw new Error("no attempt");
  const status = given.outcome === "lost" ? "failed" : given.outcome;
  await db()
    .update(items)
    .set({
      status: status === "sending" ? "running" : status,
      attemptCount: 1,
      currentAttemptId: given.imageId ? attempt.id : null,
    })
    .where(eq(items.id, item.id));
  return attempt.id;
}

/** What a call answers that made a picture in another size than was asked for. */
function madeTry({ imageId, settings }: { imageId: string; settings: SessionSettings }): Try {
  return {
    outcome: "completed",
    imageId,
    modelVersion: SNAPSHOT,
    requestId: "req_5f1c0a7be2d94c1d8a33",
    charge: "charged",
    cost: 52_740,
    usage: { text_in: 61, image_in: 1_452, image_out: 1_372 },
    settings: {
      output: settings.output,
      provider: settings.provider,
      used: { model: SNAPSHOT, size: "1024x1024", quality: "high", background: "opaque" },
    },
    notes: ["The provider made 1024×1024; 1536×1024 was asked for"],
  };
}

async function stopAtBudget(run: Run) {
  const [first, second, ...others] = run.items;
  if (!first || !second) throw new Error("too few images");
  const origin = await addAttempt(run, first, madeTry({ ...run, imageId: first.imageId }));
  await addAttempt(run, second, { outcome: "reused", imageId: second.imageId, reusedFrom: origin });
  await finishAs(run, {
    state: "paused",
    pauseReason: "budget",
    budget: 60_000,
    spend: 52_740,
    worstPrice: 64_000,
    completedCount: 1,
    reusedCount: 1,
    queuedCount: others.length,
  });
}

/** The first made, two blocked, the others without an answer and perhaps charged. */
async function failInThreeWays(run: Run): Promise<string> {
  const [first, second, third, ...others] = run.items;
  if (!first || !second || !third) throw new Error("too few images");
  await addAttempt(run, first, madeTry({ ...run, imageId: first.imageId }));
  for (const item of [second, third]) {
    await addAttempt(run, item, {
      outcome: "blocked",
      requestId: "req_77",
      errorCode: "blocked",
      errorWords: "The provider's safety check refused this input. It gave no more detail.",
      errorDetails: '{"error":{"code":"moderation_blocked","message":"Your request was rejected."}}',
    });
  }
  for (const item of others) {
    await addAttempt(run, item, {
      outcome: "failed",
      charge: "maybe",
      cost: 64_000,
      errorCode: "timeout",
      errorWords: "No answer after 4 min. Nobody knows whether it was charged.",
    });
  }
  const maybe = others.length * 64_000;
  await finishAs(run, {
    state: "finished",
    spend: 52_740 + maybe,
    maybeSpend: maybe,
    completedCount: 1,
    blockedCount: 2,
    failedCount: others.length,
    finishedAt: new Date(),
  });
  return first.id;
}

async function finishAs({ sessionId, settings }: Run, set: Partial<typeof sessions.$inferInsert>) {
  await db()
    .update(sessions)
    .set({
      ...set,
      settings,
      snapshot: { prompt: "a seamless light-grey studio", settings, frozenAt: new Date().toISOString() },
      startedAt: new Date(Date.now() - 60_000),
      revision: sql`${sessions.revision} + 1`,
    })
    .where(eq(sessions.id, sessionId));
}
