import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import type { Session } from "@/db/schema";
import { laneInSql } from "@/lib/batches/economy-queue";
import type { ItemCounts } from "@/lib/sessions/wire";
import { imageUnits } from "../image-units";
import type { PlannedRun } from "../plan-run";
import type { CellRow } from "../queries/list-cells";

/** What of one input is asked for. */
export type Wanted = { row: CellRow; plan: PlannedRun };

/**
 * Queues the wanted cells: makes the items that were never there, and puts the others back into the queue with their
 * attempts kept. None of them is ready: refreshChains says which may run. Answers how the counts change.
 */
export async function queueCells(
  tx: Transaction,
  {
    session,
    revision,
    wanted,
    connections,
  }: {
    session: Session;
    revision: number;
    wanted: readonly Wanted[];
    connections: readonly (string | null)[];
  },
): Promise<Partial<ItemCounts>> {
  const deltas: Partial<ItemCounts> = { queued: 0 };
  const cells = wanted.flatMap(({ row, plan }) =>
    plan.places.map((place) => {
      const before = row.cells[place - 1]?.status;
      if (before) deltas[before] = (deltas[before] ?? 0) - 1;
      deltas.queued = (deltas.queued ?? 0) + 1;
      return {
        input: row.inputId,
        variant: row.variant,
        position: row.position,
        place,
        anew: plan.anew.includes(place),
      };
    }),
  );
  if (cells.length === 0) return deltas;
  await tx.execute(sql`
    insert into items (owner_id, session_id, input_id, step_id, variant, position, connection, lane, ready, revision,
      image_units, fresh)
    select ${session.ownerId}, ${session.id}, i.id, st.id, c.variant, c.position,
      q.queue, ${laneInSql(sql`q.queue`)}, false, ${revision}, ${imageUnits()}, c.anew
    from jsonb_to_recordset(${JSON.stringify(cells)}::jsonb)
      as c(input uuid, variant integer, position integer, place integer, anew boolean)
    join inputs i on i.id = c.input and i.session_id = ${session.id}
    join steps st on st.session_id = ${session.id} and st.position = c.place
    cross join lateral (select ${JSON.stringify(connections)}::jsonb ->> (c.place - 1) as queue) q
    on conflict (session_id, input_id, step_id, variant) do update set
      status = 'queued', ready = false, needs_step = null, due_at = null, transient_failures = 0, crashes = 0,
      unknown_outcomes = 0, fresh = items.fresh or excluded.fresh, connection = excluded.connection,
      lane = excluded.lane,
      image_units = excluded.image_units, revision = excluded.revision, updated_at = now()`);
  return deltas;
}
