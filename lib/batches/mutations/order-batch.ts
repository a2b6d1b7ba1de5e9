import "server-only";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { db } from "@/db";
import { attempts, batches, items } from "@/db/schema";
import { transact } from "@/lib/events";
import { dispatch } from "@/lib/items/mutations/dispatch";
import { log } from "@/lib/log";
import type { ProviderBatch, ProviderBatches } from "@/lib/models/provider-batches";
import { changeSession } from "@/lib/sessions/mutations/change-session";
import { ORDER_GRACE_SECONDS } from "../constants";
import { queueOf } from "../economy-queue";
import { pollSeconds } from "../poll-seconds";
import { openLines } from "../queries/batch-lines";
import { mayStand } from "../what-now";
import { endBatch } from "./end-batch";
import { type HeldBatch, letGo } from "./hold-batch";
import { returnLines } from "./return-lines";

/** Clocks of two machines may differ by this, ms. */
const CLOCK_SLACK_MS = 3_600_000;
const LOOK_AGAIN_SECONDS = 20;

/**
 * Gives the order for a batch whose file is at the provider. Its lines are marked as sent in the instant before; after
 * an answer that got lost it is looked for before anything else (`findOrder`). Throws what refused it.
 */
export async function giveOrder(batch: HeldBatch, provider: ProviderBatches): Promise<void> {
  if (!(await markOrdered(batch))) return;
  const { id: ours, endpoint, inputFileId } = batch;
  let ordered: ProviderBatch;
  try {
    ordered = await provider.order({ inputFileId: inputFileId ?? "", endpoint, ours });
  } catch (error) {
    if (mayStand(error)) {
      log.warn("the answer to an order got lost; it is looked for", { batchId: ours, error });
      await letGo(batch, { set: {}, inSeconds: pollSeconds(0) });
      return;
    }
    await markUnordered(batch);
    throw error;
  }
  await writeOrdered(batch, ordered);
}

/** An order whose answer got lost: found, it goes on; certainly not there, its lines go back. */
export async function findOrder(batch: HeldBatch, provider: ProviderBatches): Promise<void> {
  const since = (batch.creatingAt?.getTime() ?? 0) - CLOCK_SLACK_MS;
  const found = await provider.find({ ours: batch.id, since });
  const first = found.at(-1);
  if (first) {
    await writeOrdered(batch, first);
    return;
  }
  if (!(await isGraceOver(batch))) {
    await letGo(batch, { inSeconds: LOOK_AGAIN_SECONDS });
    return;
  }
  // Without its file a batch can't run, should the order turn up after all.
  if (batch.inputFileId) await provider.removeFile(batch.inputFileId).catch(refuseUnlessGone);
  await markUnordered(batch);
  const words = "The order for a batch got lost on its way. Its images wait for the next one.";
  const lines = (await openLines(batch)).map((line) => ({
    ...line,
    code: "unmade",
    words,
    charge: "none" as const,
  }));
  await returnLines(batch.sessionId, { lines });
  await endBatch(batch, {});
}

function refuseUnlessGone(error: unknown): void {
  const details = error instanceof Error && "extra" in error ? JSON.stringify(error.extra) : "";
  if (!/"details":"404\b/.test(details)) throw error;
}

async function isGraceOver({ id }: HeldBatch): Promise<boolean> {
  const rows = await db()
    .select({ id: batches.id })
    .from(batches)
    .where(
      and(
        eq(batches.id, id),
        sql`${batches.creatingAt} < now() - make_interval(secs => ${ORDER_GRACE_SECONDS})`,
      ),
    );
  return rows.length > 0;
}

/** In one transaction, under the session's lock: nothing is ordered for a session that may not go on. */
async function markOrdered(batch: HeldBatch): Promise<boolean> {
  const { id, leaseToken, sessionId } = batch;
  const marked = await transact((tx, emit) =>
    changeSession(tx, emit, { sessionId }, async (session, revision) => {
      if (session.state !== "running") return null;
      const rows = await tx
        .update(batches)
        .set({ state: "creating", creatingAt: sql`clock_timestamp()`, updatedAt: sql`now()` })
        .where(
          and(
            eq(batches.id, id),
            eq(batches.leaseToken, leaseToken),
            eq(batches.state, "uploaded"),
            isNull(batches.cancelRequestedAt),
          ),
        )
        .returning({ id: batches.id });
      if (rows.length === 0) return null;
      const lines = await tx
        .update(attempts)
        .set({ sentAt: sql`clock_timestamp()` })
        .where(and(eq(attempts.batchId, id), eq(attempts.outcome, "sending")))
        .returning({ itemId: attempts.itemId });
      const itemIds = lines.map(({ itemId }) => itemId);
      if (itemIds.length > 0) await tx.update(items).set({ revision }).where(inArray(items.id, itemIds));
      return { value: true };
    }),
  );
  if (!marked) await letGo(batch, { inSeconds: 0 });
  return marked ?? false;
}

/** The order was certainly not taken: its lines were never sent. */
async function markUnordered({ id, leaseToken }: HeldBatch): Promise<void> {
  await db().transaction(async (tx) => {
    const rows = await tx
      .update(batches)
      .set({ state: "uploaded", creatingAt: null })
      .where(and(eq(batches.id, id), eq(batches.leaseToken, leaseToken), eq(batches.state, "creating")))
      .returning({ id: batches.id });
    if (rows.length === 0) return;
    await tx
      .update(attempts)
      .set({ sentAt: null })
      .where(and(eq(attempts.batchId, id), eq(attempts.outcome, "sending")));
  });
}

async function writeOrdered(batch: HeldBatch, { id, status, expiresAt }: ProviderBatch): Promise<void> {
  await letGo(batch, {
    set: {
      state: "sent",
      providerBatchId: id,
      providerStatus: status,
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
      troubles: 0,
    },
    stamp: { sentAt: "now" },
    inSeconds: pollSeconds(0),
  });
  // The next batch of the session may be put together.
  await dispatch(queueOf(batch.connection, "economy"));
}
