import "server-only";
import { and, asc, eq, inArray, isNotNull } from "drizzle-orm";
import type { Queryable } from "@/db";
import { attempts, items, steps } from "@/db/schema";
import type { Cell } from "../settle-chain";

export type StoredCell = Cell & { itemId: string };

/** All steps of one input that were ever run, by place; null where one was not. */
export type CellRow = { inputId: string; variant: number; position: number; cells: (StoredCell | null)[] };

/** Cells of a chain of `length` steps, a row for each input that has an item, in list order. */
export async function listCells(
  tx: Queryable,
  { sessionId, length, inputIds }: { sessionId: string; length: number; inputIds?: string[] },
): Promise<CellRow[]> {
  const rows = await tx
    .select({
      itemId: items.id,
      inputId: items.inputId,
      variant: items.variant,
      position: items.position,
      place: steps.position,
      status: items.status,
      ready: items.ready,
      stale: items.stale,
      needs: items.needsStep,
      attemptId: attempts.id,
      fingerprint: attempts.fingerprint,
      fedBy: attempts.fedBy,
    })
    .from(items)
    .innerJoin(steps, and(eq(steps.id, items.stepId), isNotNull(steps.position)))
    .leftJoin(attempts, eq(attempts.id, items.currentAttemptId))
    .where(and(eq(items.sessionId, sessionId), inputIds ? inArray(items.inputId, inputIds) : undefined))
    .orderBy(asc(items.position));
  const byInput = new Map<string, CellRow>();
  for (const { inputId, variant, position, place, attemptId, fingerprint, fedBy, ...state } of rows) {
    const key = `${inputId}:${variant}`;
    const row = byInput.get(key) ?? {
      inputId,
      variant,
      position,
      cells: Array.from({ length }, () => null),
    };
    byInput.set(key, row);
    const shown = attemptId ? { attemptId, fingerprint, fedBy: fedBy ?? [] } : null;
    if (place !== null) row.cells[place - 1] = { ...state, shown };
  }
  return [...byInput.values()];
}
