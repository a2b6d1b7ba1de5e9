import { closeDb } from "@/db";
import { closePixelPool } from "@/lib/images/process/shared-pool";
import { log } from "@/lib/log";
import type { DurableFunction } from "../define";
import { reconcile } from "../functions/reconcile";
import { type Life, startLife } from "./life";
import { startQueue } from "./queue";
import { startSchedule } from "./schedule";
import { tasksOf } from "./tasks";
import { watchWorkers } from "./watch";

/** Work in flight may go on this long after a stop (R7); the supervisor waits 30 s. */
const DRAIN_MS = 25_000;

export type Worker = { stop(): Promise<void> };

/** Runs the durable functions in this process on the embedded engine. The database must answer. */
export async function startWorker(functions: DurableFunction[]): Promise<Worker> {
  // A start that fails here is tried again, and leaves nothing behind that runs.
  let poolIds = (): string[] => [];
  const life = await startLife({ engine: "embedded", poolIds: () => poolIds() });
  const queue = startQueue(tasksOf(functions));
  poolIds = queue.poolIds;
  const schedule = startSchedule(functions);
  const watch = watchWorkers(reconcile);
  log.info("worker is up");
  return {
    async stop() {
      schedule.stop();
      watch.stop();
      await drain(queue.stop(), life);
      await closePixelPool();
      await closeDb();
      log.info("worker is down");
    },
  };
}

async function drain(stopped: Promise<void>, life: Life) {
  const clean = await Promise.race([
    stopped.then(() => true),
    new Promise<false>((resolve) => setTimeout(() => resolve(false), DRAIN_MS).unref()),
  ]);
  await life.end({ clean });
}
