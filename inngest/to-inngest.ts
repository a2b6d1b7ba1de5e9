import { env } from "@/lib/env";
import { inngest } from "./client";
import type { DurableFunction, FunctionOptions, Step } from "./define";

/** Starts of runs that Inngest lets through for each value of `pacedBy`: more than any provider takes. */
const PACE = { limit: 1_000, period: "10s", burst: 100 } as const;

/** The function as Inngest registers and calls it. */
export function toInngest({ options, trigger, handle, giveUp }: DurableFunction) {
  return inngest.createFunction(
    {
      id: options.id,
      retries: options.retries,
      ...boundsOf(options),
      triggers: ["event" in trigger ? { event: trigger.event } : { cron: trigger.cron }],
      // A session that is cancelled cancels no run: its rows say so at the next hand-out, and what is under way may be
      // paid for and must be written down. So there is no cancelOn.
      ...(options.startWithin && { timeouts: { start: options.startWithin } }),
      ...(giveUp && {
        onFailure: async ({ event, step }) => {
          await stepOf(step).run("give-up", () => giveUp(event.data.event.data));
        },
      }),
    },
    ({ event, step, runId }) => handle(event.data, { step: stepOf(step), runId }),
  );
}

type Bound = { limit: number; key?: string };

function boundsOf({ boundBy, pacedBy, alone }: FunctionOptions) {
  return {
    concurrency: alone ? 1 : concurrencyOf(boundBy),
    ...(pacedBy && { throttle: { ...PACE, key: `event.data.${pacedBy}` } }),
  };
}

/** A limit by nothing is the plan's own. */
function concurrencyOf([first, second]: readonly string[] = []): [Bound] | [Bound, Bound] | undefined {
  const limit = env().INNGEST_CONCURRENCY;
  const by = (name: string) => ({ limit, key: `event.data.${name}` });
  if (!first) return undefined;
  return second ? [by(first), by(second)] : [by(first)];
}

/** Inngest types a step's answer as its JSON form; our steps only answer with JSON, so it is the same value. */
function stepOf(step: { run: (id: string, work: () => Promise<unknown>) => Promise<unknown> }): Step {
  return { run: (id, work) => step.run(id, work) as ReturnType<typeof work> };
}
