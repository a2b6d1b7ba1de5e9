import type { z } from "zod";
import { inngest } from "./client";
import type { EventName, OutgoingEvent } from "./events";

/**
 * What a handler may use; the same on both engines. A step may run more than once and must be safe to repeat. Its
 * answer is small JSON (ids, keys, facts): Inngest stores it.
 */
export type Step = { run<T>(id: string, work: () => Promise<T>): Promise<T> };

export type Run = {
  step: Step /** Identifies this run; a repeated step sees the same one. */;
  runId: string;
};

type DataOf<N extends EventName> = Extract<OutgoingEvent, { name: N }>["data"];

export type FunctionOptions = {
  id: string;
  retries: 0 | 1 | 2 | 3 | 4 | 5;
  concurrency?: [ConcurrencyLimit] | [ConcurrencyLimit, ConcurrencyLimit];
};

/** Inngest's second guard; the rows' own dispatch is the first. */
type ConcurrencyLimit = { limit: number; key?: string; scope?: "fn" | "env" | "account" };

/** One durable function, ready for either engine. */
export type DurableFunction = {
  options: FunctionOptions;
  trigger: { event: EventName } | { cron: string };
  /** Checks the event's data, then runs the handler. */
  handle: (data: unknown, run: Run) => Promise<void>;
  inngest: ReturnType<typeof inngest.createFunction>;
};

type EventTrigger<N extends EventName> = { event: N; schema: z.ZodType<DataOf<N>> };

/** Describes a function once for both engines. Throws ZodError at run time when an event's data does not fit. */
export function onEvent<N extends EventName>(
  options: FunctionOptions,
  { event, schema }: EventTrigger<N>,
  handler: (data: DataOf<N>, run: Run) => Promise<void>,
): DurableFunction {
  const handle = async (data: unknown, run: Run) => handler(schema.parse(data), run);
  return {
    options,
    trigger: { event },
    handle,
    inngest: inngest.createFunction({ ...options, triggers: [{ event }] }, ({ event: got, step, runId }) =>
      handle(got.data, { step: stepOf(step), runId }),
    ),
  };
}

/** A function that runs on a schedule (five-field cron, UTC). */
export function onSchedule(
  options: FunctionOptions,
  cron: string,
  handler: (run: Run) => Promise<void>,
): DurableFunction {
  const handle = (_data: unknown, run: Run) => handler(run);
  return {
    options,
    trigger: { cron },
    handle,
    inngest: inngest.createFunction({ ...options, triggers: [{ cron }] }, ({ step, runId }) =>
      handle(null, { step: stepOf(step), runId }),
    ),
  };
}

/** Inngest types a step's answer as its JSON form; our steps only answer with JSON, so it is the same value. */
function stepOf(step: { run: (id: string, work: () => Promise<unknown>) => Promise<unknown> }): Step {
  return { run: (id, work) => step.run(id, work) as ReturnType<typeof work> };
}
