import { closeDb } from "@/db";
import { closePixelPool } from "@/lib/images/process/shared-pool";
import { log } from "@/lib/log";
import { reconcile } from "../functions/reconcile";
import { endCalls } from "./calls";
import { startLife } from "./life";
import { startSchedule } from "./schedule";
import { keepSynced } from "./sync";
import { watchWorkers } from "./watch";
import type { Worker } from "./worker";

/** Work in flight may go on this long after a stop (R7); the supervisor waits 30 s. */
const DRAIN_MS = 25_000;

/**
 * Makes a long-lived web process a place where Inngest runs the functions: it tells Inngest so, shows that it lives, and
 * heals what dead ones held. That does not wait for Inngest: its server may be the one that is gone.
 */
export async function startHost(): Promise<Worker> {
  const life = await startLife({ engine: "inngest", poolIds: () => [] });
  const schedule = startSchedule([reconcile]);
  const watch = watchWorkers(reconcile);
  const ending = new AbortController();
  void keepSynced(ending.signal);
  return {
    async stop() {
      ending.abort();
      schedule.stop();
      watch.stop();
      await life.end({ clean: await endCalls(DRAIN_MS) });
      await closePixelPool();
      await closeDb();
      log.info("calls of Inngest are ended");
    },
  };
}
