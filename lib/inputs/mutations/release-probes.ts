import "server-only";
import { and, eq, gte, inArray, isNotNull, lt, sql } from "drizzle-orm";
import { db } from "@/db";
import { inputs } from "@/db/schema";
import { transact } from "@/lib/events";
import { changeSession } from "@/lib/sessions/mutations/change-session";
import { MAX_LOST_PROBES } from "../constants";

/** Takes back probes whose worker died or whose lease ran out; a file that did this too often is refused. */
export async function releaseProbes({ deadWorkers }: { deadWorkers: string[] }): Promise<number> {
  const dead = deadWorkers.length > 0 ? inArray(inputs.probeWorkerId, deadWorkers) : sql`false`;
  const over = and(eq(inputs.state, "probing"), sql`(${inputs.probeLeaseUntil} < now() or ${dead})`);
  const suspects = await db()
    .select({ id: inputs.id, sessionId: inputs.sessionId })
    .from(inputs)
    .where(and(over, isNotNull(inputs.probeWorkerId), gte(inputs.lostProbes, MAX_LOST_PROBES)));
  for (const { id, sessionId } of suspects) await refuse(id, sessionId);
  const rows = await db()
    .update(inputs)
    .set({
      probeLeaseUntil: null,
      probeWorkerId: null,
      lostProbes: sql`${inputs.lostProbes} + (${inputs.probeWorkerId} is not null)::int`,
    })
    .where(and(over, lt(inputs.lostProbes, MAX_LOST_PROBES + 1)))
    .returning({ id: inputs.id });
  return rows.length + suspects.length;
}

/** No run of this probe comes any more: it is taken back like a dead worker's. Does nothing for an earlier probe. */
export async function giveUpProbe({ inputId, probe }: { inputId: string; probe: number }): Promise<void> {
  const ended = await db()
    .update(inputs)
    .set({ probeLeaseUntil: sql`now() - interval '1 second'` })
    .where(and(eq(inputs.id, inputId), eq(inputs.probes, probe), eq(inputs.state, "probing")))
    .returning({ id: inputs.id });
  if (ended.length > 0) await releaseProbes({ deadWorkers: [] });
}

function refuse(id: string, sessionId: string) {
  return transact((tx, emit) =>
    changeSession(tx, emit, { sessionId, deleted: true }, async (_, revision) => {
      await tx
        .update(inputs)
        .set({
          state: "refused",
          refusal: "CRASHED_DECODER",
          refusalFacts: {},
          probeLeaseUntil: null,
          probeWorkerId: null,
          revision,
        })
        .where(and(eq(inputs.id, id), eq(inputs.state, "probing")));
      return { value: true };
    }),
  );
}
