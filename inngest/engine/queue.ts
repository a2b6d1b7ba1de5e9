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

/** Jobs fetched with one query: more would leave the other workers without their share of a hand-out. */
const LOCAL_QUEUE = 8;

export type Queue = {
  /** Ids under which the jobs of this process are locked. */
  poolIds(): string[];
  /** Takes no new job, waits for the running ones. */
  stop(): Promise<void>;
};

/** Runs the jobs of the embedded engine until stopped; starts over when the database was away. */
export function startQueue(taskList: TaskList): Queue {
  const ids = new Set<string>();
  const running = new Set<Runner>();
  const state = { stopped: false };
  const done = keepRunning();

  async function keepRunning() {
    while (!state.stopped) {
      try {
        const { runner, failing } = await startRunner(taskList, ids);
        running.add(runner);
        runner.promise.catch(() => undefined).finally(() => running.delete(runner));
        if (state.stopped) await runner.stop();
        await Promise.race([runner.promise, failing]);
      } catch (error) {
        log.warn("the job queue stopped; it starts again", { error });
      }
      // What it still holds is nobody's from now on, and is unlocked (unlockOrphanedJobs).
      ids.clear();
      if (!state.stopped) await sleep(1_000);
    }
  }

  return {
    poolIds: () => [...ids],
    async stop() {
      state.stopped = true;
      // One that stops already says so; then its end is waited for.
      await Promise.allSettled([...running].map((runner) => runner.stop().catch(() => runner.promise)));
      await done;
    },
  };
}

/**
 * `failing` resolves when the runner begins to shut down: a connection that broke while a job was written off ends it.
 * It then takes no more jobs but waits for those that run, which may be minutes, and may count them wrong and never end.
 */
async function startRunner(
  taskList: TaskList,
  ids: Set<string>,
): Promise<{ runner: Runner; failing: Promise<void> }> {
  const events = new EventEmitter();
  // Jobs are locked in the name of the pool.
  events.on("pool:create", ({ workerPool }) => ids.add(workerPool.id));
  const failing = new Promise<void>((resolve) => events.once("pool:gracefulShutdown", () => resolve()));
  const runner = await run({
    connectionString: env().DATABASE_URL,
    taskList,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    maxPoolSize: 8,
    noHandleSignals: true,
    // One query fetches the jobs of all functions at once. Finished jobs are written off a few at a time; one that a
    // crash forgets runs again and finds nothing to do. Failed ones too: nobody catches what writing off one throws.
    preset: {
      worker: { localQueue: { size: LOCAL_QUEUE }, completeJobBatchDelay: 10, failJobBatchDelay: 10 },
    },
    events,
    logger: new Logger(() => writeLog),
  });
  return { runner, failing };
}

/** Its own lines are for debugging; what matters we log ourselves. */
function writeLog(level: string, message: string) {
  if (level === "error") log.warn("job queue", { message });
  else log.debug("job queue", { message });
}
