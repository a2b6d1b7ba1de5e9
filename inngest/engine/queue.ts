import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Logger, type Runner, run, type TaskList } from "graphile-worker";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

/**
 * Functions at once. Most of them wait for a provider, and how many there are is decided by the rows; this only
 * bounds memory: a call holds its source and its answer, some 10 MB.
 */
const CONCURRENCY = 256;

/** How often jobs with a time of their own are looked for; all others announce themselves. */
const POLL_MS = 1_000;

/** Jobs fetched with one query. */
const LOCAL_QUEUE = 64;

export type Queue = {
  /** Ids under which the jobs of this process are locked. */
  poolIds(): string[];
  /** Takes no new job, waits for the running ones. */
  stop(): Promise<void>;
};

/** Runs the jobs of the embedded engine until stopped; starts over when the database was away. */
export function startQueue(taskList: TaskList): Queue {
  const ids = new Set<string>();
  const state: { runner: Runner | null; stopped: boolean } = { runner: null, stopped: false };
  const done = keepRunning();

  async function keepRunning() {
    while (!state.stopped) {
      try {
        state.runner = await startRunner(taskList, ids);
        if (state.stopped) await state.runner.stop();
        await state.runner.promise;
      } catch (error) {
        log.warn("the job queue stopped; it starts again", { error });
      }
      ids.clear();
      state.runner = null;
      if (!state.stopped) await sleep(1_000);
    }
  }

  return {
    poolIds: () => [...ids],
    async stop() {
      state.stopped = true;
      await state.runner?.stop().catch(() => undefined);
      await done;
    },
  };
}

async function startRunner(taskList: TaskList, ids: Set<string>): Promise<Runner> {
  const events = new EventEmitter();
  // Jobs are locked in the name of the pool.
  events.on("pool:create", ({ workerPool }) => ids.add(workerPool.id));
  return run({
    connectionString: env().DATABASE_URL,
    taskList,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    maxPoolSize: 8,
    noHandleSignals: true,
    // One query fetches the jobs of all functions at once. Finished jobs are written off a few at a time; one that a
    // crash forgets runs again and finds nothing to do.
    preset: { worker: { localQueue: { size: LOCAL_QUEUE }, completeJobBatchDelay: 10 } },
    events,
    logger: new Logger(() => writeLog),
  });
}

/** Its own lines are for debugging; what matters we log ourselves. */
function writeLog(level: string, message: string) {
  if (level === "error") log.warn("job queue", { message });
  else log.debug("job queue", { message });
}
