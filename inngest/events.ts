import { eventType } from "inngest";
import { z } from "zod";

// Events carry ids only. The row each id names is the state; an event is a nudge that may come twice or never.

export const probeRequested = eventType("input/probe.requested", {
  schema: z.object({ inputId: z.uuid(), probe: z.int() }),
});

export const itemDispatched = eventType("item/dispatched", {
  schema: z.object({ itemId: z.uuid(), dispatch: z.int() }),
});

/** Something that held items of this connection up is over (a backoff, a limiter's window). */
export const connectionDue = eventType("connection/due", {
  schema: z.object({ connection: z.string() }),
});

export const sessionFinished = eventType("session/finished", {
  schema: z.object({ sessionId: z.uuid() }),
});

/** What is sent. `id` makes a repeat recognisable, `at` delays it. */
export type OutgoingEvent = { id: string; at?: Date } & (
  | { name: "input/probe.requested"; data: { inputId: string; probe: number } }
  | { name: "item/dispatched"; data: { itemId: string; dispatch: number } }
  | { name: "connection/due"; data: { connection: string } }
  | { name: "session/finished"; data: { sessionId: string } }
);

export type EventName = OutgoingEvent["name"];
