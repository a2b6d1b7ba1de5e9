import type { z } from "zod";
import type { EventName, OutgoingEvent } from "./events";

/**
 * What a handler may use; the same on both engines. A step may run more than once and must be safe to repeat. Its
 * answer is small JSON (ids, keys, facts): Inngest stores it.
 */
export type Step = { run<T>(id: string, work: () => Promise<T>): Promise<T> };

export type Run = {
  step: Step;
  /** Identifies this run; a repeated step sees the same one. */
  runId: string;
};

type DataOf<N extends EventName> = Extract<OutgoingEvent, { name: N }>["data"];

/** `By` names facts of the event's data. What bounds runs is the second guard: the rows' own dispatch decides first. */
export type FunctionOptions<By extends string = string> = {
  id: string;
  retries: 0 | 1 | 2 | 3 | 4 | 5;
  /** For each value of these, INNGEST_CONCURRENCY steps run at once. */
  boundBy?: readonly [By] | readonly [By, By];
  /** For each value of this, runs start no faster than a provider could take them. */
  pacedBy?: By;
  /** A run that waited this long is not started: its row was taken back and handed out anew long ago. */
  startWithin?: `${number}m`;
  /** One run at a time. */
  alone?: boolean;
};

/** One durable function, ready for either engine. */
export type DurableFunction = {
  options: FunctionOptions;
  trigger: { event: EventName } | { cron: string };
  /** Checks the event's data, then runs the handler. */
  handle: (data: unknown, run: Run) => Promise<void>;
  /** Called once the last retry of a run threw: gives back what the run held. */
  giveUp?: (data: unknown) => Promise<void>;
};

type EventTrigger<N extends EventName> = { event: N; schema: z.ZodType<DataOf<N>> };

/** Describes a function once for both engines. Throws ZodError at run time when an event's data does not fit. */
export function onEvent<N extends EventName>(
  options: FunctionOptions<Extract<keyof DataOf<N>, string>>,
  { event, schema }: EventTrigger<N>,
  handler: (data: DataOf<N>, run: Run) => Promise<void>,
  giveUp?: (data: DataOf<N>) => Promise<void>,
): DurableFunction {
  return {
    options,
    trigger: { event },
    handle: async (data, run) => handler(schema.parse(data), run),
    ...(giveUp && { giveUp: async (data) => giveUp(schema.parse(data)) }),
  };
}

/** A function that runs on a schedule (five-field cron, UTC). */
export function onSchedule(
  options: FunctionOptions,
  cron: string,
  handler: (run: Run) => Promise<void>,
): DurableFunction {
  return { options, trigger: { cron }, handle: (_data, run) => handler(run) };
}
