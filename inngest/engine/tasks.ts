import { randomUUID } from "node:crypto";
import type { JobHelpers, TaskList } from "graphile-worker";
import type { DurableFunction, Step } from "../define";

/** The embedded engine keeps no memo: a step is called, and repeating it is harmless by design. */
const step: Step = { run: (_id, work) => work() };

/** Jobs carry the event's name; each runs every function that waits for that event. */
export function tasksOf(functions: DurableFunction[]): TaskList {
  const tasks: TaskList = {};
  for (const one of functions) {
    if (!("event" in one.trigger)) continue;
    const { event } = one.trigger;
    const before = tasks[event];
    tasks[event] = async (payload, helpers) => {
      await before?.(payload, helpers);
      await runOnce(one, payload, helpers.job);
    };
  }
  return tasks;
}

async function runOnce(
  one: DurableFunction,
  payload: unknown,
  { attempts, max_attempts: most }: Pick<JobHelpers["job"], "attempts" | "max_attempts">,
): Promise<void> {
  try {
    await one.handle(payload, { step, runId: randomUUID() });
  } catch (error) {
    if (attempts >= most) await one.giveUp?.(payload);
    throw error;
  }
}

/** Runs a scheduled function once, now. */
export function runScheduled(one: DurableFunction): Promise<void> {
  return one.handle(null, { step, runId: randomUUID() });
}
