import "server-only";
import { inArray } from "drizzle-orm";
import type { Transaction } from "@/db";
import { type ItemStatus, items, type Session } from "@/db/schema";
import { type AuditAction, recordAudit } from "@/lib/audit";
import { connectionOf } from "@/lib/batches/economy-queue";
import { ensureLimits } from "@/lib/connections/mutations/ensure-limits";
import type { Emit } from "@/lib/events";
import { ok, type Result } from "@/lib/result";
import { addDeltas } from "@/lib/sessions/counts";
import type { SessionChange } from "@/lib/sessions/mutations/change-session";
import { checkSteps } from "@/lib/steps/mutations/check-steps";
import { queueCells } from "@/lib/steps/mutations/queue-cells";
import { refreshChains } from "@/lib/steps/mutations/refresh-chains";
import { type CellRow, listCells } from "@/lib/steps/queries/list-cells";
import { listChain } from "@/lib/steps/queries/list-chain";
import { planCells } from "@/lib/steps/queries/plan-chain";

type Redo = {
  session: Session;
  revision: number;
  itemIds: string[] | "failed";
  from: readonly ItemStatus[];
  prompt: string | undefined;
  action: Extract<AuditAction, "items.retry" | "items.regenerate">;
};

/**
 * Queues chosen results of a chain again, after whatever they need that is missing, failed or out of date: the retry
 * of what was not run begins at the step that failed. What waits for them goes on by itself.
 */
export async function redoInChain(
  tx: Transaction,
  emit: Emit,
  { session, revision, itemIds, from, prompt, action }: Redo,
): Promise<SessionChange<Result<{ changed: number }>>> {
  const steps = await listChain(session.id, tx);
  const rows = await listCells(tx, { sessionId: session.id, length: steps.length });
  const chosen = chooseCells(rows, { itemIds, from });
  const { wanted, places } = planCells(session, { steps, rows }, (row) =>
    row.cells.flatMap((cell, at) =>
      cell && chosen.has(cell.itemId) ? [{ kind: "step" as const, place: at + 1 }] : [],
    ),
  );
  const changed = wanted.reduce((sum, { plan }) => sum + plan.places.length, 0);
  if (changed === 0) return { value: ok({ changed: 0 }) };
  const checked = await checkSteps(tx, { session, steps, places });
  if ("ok" in checked) return { value: checked };
  const { connections, worstPrice } = checked;
  for (const connection of new Set(connections))
    if (connection) await ensureLimits(connectionOf(connection), tx);
  const queued = await queueCells(tx, { session, revision, wanted, connections });
  await tx
    .update(items)
    .set({
      // A result that worked is asked for anew: the same one again is not wanted.
      ...(action === "items.regenerate" ? { fresh: true } : {}),
      ...(prompt === undefined ? {} : { promptOverride: prompt }),
      revision,
    })
    .where(inArray(items.id, [...chosen]));
  const inputIds = wanted.map(({ row }) => row.inputId);
  const moved = await refreshChains(tx, emit, { session, revision, inputIds });
  await recordAudit(tx, {
    ownerId: session.ownerId,
    action,
    sessionId: session.id,
    after: { items: changed },
  });
  return {
    value: ok({ changed }),
    deltas: addDeltas(queued, moved),
    set: {
      state: "running",
      pauseReason: null,
      finishedAt: null,
      worstPrice: Math.max(session.worstPrice, worstPrice),
    },
  };
}

function chooseCells(
  rows: readonly CellRow[],
  { itemIds, from }: Pick<Redo, "itemIds" | "from">,
): ReadonlySet<string> {
  const named = itemIds === "failed" ? null : new Set(itemIds);
  const cells = rows.flatMap(({ cells }) => cells.filter((cell) => cell !== null));
  return new Set(
    cells
      .filter(({ itemId, status }) => from.includes(status) && (named === null || named.has(itemId)))
      .map(({ itemId }) => itemId),
  );
}
