import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";
import { BATCH_LEASE_SECONDS } from "./constants";
import { type HeldBatch, renewBatch } from "./mutations/hold-batch";

/** A batch in hand: where to work, and until when. */
export type BatchJob = { batch: HeldBatch; workDir: string; signal: AbortSignal };

/** Runs `work` with a folder of its own, and keeps the lease meanwhile; the signal fires when it is lost. */
export async function withJob<T>(batch: HeldBatch, work: (job: BatchJob) => Promise<T>): Promise<T> {
  const workDir = join(env().DATA_DIR, "work", `${batch.id}.${batch.leaseToken}`);
  const lost = new AbortController();
  const timer = setInterval(
    async () => {
      const kept = await renewBatch(batch).catch(() => true);
      if (!kept) lost.abort();
    },
    (BATCH_LEASE_SECONDS * 1000) / 3,
  );
  try {
    await mkdir(workDir, { recursive: true });
    return await work({ batch, workDir, signal: lost.signal });
  } finally {
    clearInterval(timer);
    await rm(workDir, { recursive: true, force: true }).catch(() => undefined);
  }
}
