import "server-only";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { whileDatabaseAway } from "@/lib/database-away";
import { env } from "@/lib/env";
import { isDatabaseDown } from "@/lib/failure";
import { callModel, Postponed, SendLost } from "./call-model";
import { RUN_LEASE_SECONDS } from "./constants";
import { describeFailure } from "./describe-failure";
import type { BegunAttempt } from "./mutations/begin-attempt";
import { renewLease } from "./mutations/send-attempt";
import type { Outcome } from "./outcome";
import { type AttemptToMake, attemptToMake, findReusable } from "./queries/attempt-to-make";
import { finishAfterCrash, receiveResult, storeResult } from "./store-result";

/**
 * Looks in the cache, calls the model and stores what it made, as one step: pixels never leave this function. Never
 * throws for what a picture, a model or the disk did; the answer says it.
 */
export async function makeResult(begun: BegunAttempt): Promise<Outcome> {
  const attempt = await whileDatabaseAway(() => attemptToMake(begun));
  if (!attempt) return { kind: "stale" };
  // A run that lost its lease unawares may still be at work on the same attempt.
  const workDir = join(env().DATA_DIR, "work", `${begun.attemptId}.${begun.leaseToken}`);
  const lease = keepLease({ itemId: attempt.itemId, leaseToken: begun.leaseToken });
  const job: Job = { attempt, begun, workDir, signal: lease.signal, sent: false };
  try {
    await mkdir(workDir, { recursive: true });
    return await make(job);
  } catch (error) {
    if (lease.signal.aborted || error instanceof SendLost) return { kind: "stale" };
    if (error instanceof Postponed) return { kind: "postponed" };
    // Away for so long that nothing can be said of the item: its rows do, once its lease is over.
    if (isDatabaseDown(error)) return { kind: "stale" };
    return describeFailure(error, { maybeCharged: job.sent && attempt.paid });
  } finally {
    lease.stop();
    await rm(workDir, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** One attempt in hand: what to make, under which lease, where to work. */
export type Job = {
  attempt: AttemptToMake;
  begun: BegunAttempt;
  workDir: string;
  signal: AbortSignal;
  /** Set when its call may leave: whatever goes wrong after that may have been charged. */
  sent: boolean;
};

async function make(job: Job): Promise<Outcome> {
  const { attempt } = job;
  if (attempt.received) return finishAfterCrash(job, attempt.received);
  const found = await reusable(attempt);
  if (found) return { kind: "reused", ...found };
  const made = await callModel(job);
  // What took money is stored before anything else may go wrong with it (R19).
  if (attempt.paid) return receiveResult(job, made);
  return storeResult(job, made);
}

async function reusable({ ownerId, cacheKey, fresh, settings }: AttemptToMake) {
  if (!cacheKey || !settings.reuse || fresh) return null;
  return whileDatabaseAway(() => findReusable({ ownerId, cacheKey }));
}

/** Renews the lease while the work lasts; the signal fires when it is lost. */
function keepLease(lease: { itemId: string; leaseToken: string }) {
  const lost = new AbortController();
  const timer = setInterval(
    async () => {
      // A database that is away answers nothing; the token decides at the end.
      const kept = await renewLease(lease).catch(() => true);
      if (!kept) lost.abort();
    },
    (RUN_LEASE_SECONDS * 1000) / 3,
  );
  return { signal: lost.signal, stop: () => clearInterval(timer) };
}
