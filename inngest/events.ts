import { z } from "zod";

// Events carry ids only. The row each id names is the state; an event is a nudge that may come twice or never. What an
// engine bounds runs by (`boundBy`) may be missing: events of the version before are still on their way.

export const probeRequested = {
  event: "input/probe.requested",
  schema: z.object({ inputId: z.uuid(), probe: z.int(), ownerId: z.uuid().optional() }),
} as const;

export const itemDispatched = {
  event: "item/dispatched",
  schema: z.object({
    itemId: z.uuid(),
    dispatch: z.int(),
    ownerId: z.uuid().optional(),
    connection: z.string().optional(),
  }),
} as const;

/** Something that held items of this connection up is over (a backoff, a limiter's window). */
export const connectionDue = {
  event: "connection/due",
  schema: z.object({ connection: z.string() }),
} as const;

/** Items of this economy queue could go into a batch. */
export const economyDue = {
  event: "economy/due",
  schema: z.object({ queue: z.string() }),
} as const;

/** Time to look at this batch. */
export const batchDue = {
  event: "batch/due",
  schema: z.object({ batchId: z.uuid() }),
} as const;

export const sessionFinished = {
  event: "session/finished",
  schema: z.object({ sessionId: z.uuid() }),
} as const;

/** What is sent. `id` makes a repeat recognisable, `at` delays it. */
export type OutgoingEvent = { id: string; at?: Date } & (
  | { name: "input/probe.requested"; data: { inputId: string; probe: number; ownerId?: string } }
  | {
      name: "item/dispatched";
      data: { itemId: string; dispatch: number; ownerId?: string; connection?: string };
    }
  | { name: "connection/due"; data: { connection: string } }
  | { name: "economy/due"; data: { queue: string } }
  | { name: "batch/due"; data: { batchId: string } }
  | { name: "session/finished"; data: { sessionId: string } }
);

export type EventName = OutgoingEvent["name"];
