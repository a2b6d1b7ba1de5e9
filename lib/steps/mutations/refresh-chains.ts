import "server-only";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db";
import type { Session } from "@/db/schema";
import type { Emit } from "@/lib/events";
import type { ItemCounts } from "@/lib/sessions/wire";
import { listCells } from "../queries/list-cells";
import { listChain, wiredSteps } from "../queries/list-chain";
import { type Cell, type CellState, settleChain, type WiredStep } from "../settle-chain";

type Change = CellState & { id: string; from: CellState["status"] };

type Refresh = {
  session: Session;
  revision: number;
  /** Only these; undefined: all its inputs. */
  inputIds?: string[];
  /** The connection that is dispatched by the caller anyway; the others hear of what may run now. */
  own?: string;
};

/**
 * Brings the items of a chain in line after something about some of its inputs changed: followers of a new result may
 * run, followers of a failure are not run, what was made from an older result is out of date. Answers how the counts
 * change. Called under the session's lock; sessions of one step have nothing to bring in line.
 */
export async function refreshChains(
  tx: Transaction,
  emit: Emit,
  { session, revision, inputIds, own }: Refresh,
): Promise<Partial<ItemCounts>> {
  if (session.stepCount < 2 && session.chainVersion === 0) return {};
  // Inside an edit its own steps are not certain yet: they may still be rolled back.
  const wired = own ? await knownSteps(tx, session) : await readSteps(tx, session);
  const inputs = await listCells(tx, { sessionId: session.id, length: wired.length, inputIds });
  const changes = inputs.flatMap(({ cells }) =>
    settleChain(wired, cells).flatMap((after, at) => {
      const cell = cells[at];
      return cell && after && differs(cell, after) ? [{ ...after, id: cell.itemId, from: cell.status }] : [];
    }),
  );
  if (changes.length === 0) return {};
  for (const connection of await write(tx, changes, revision)) {
    if (connection === own) continue;
    emit({
      name: "connection/due",
      id: `due:${connection}:${session.id}:${revision}`,
      data: { connection },
    });
  }
  return countChanges(changes);
}

const KNOWN_CHAINS = 200;
const known = new Map<string, WiredStep[]>();

/** The chain as this process last read it. Its version goes up with every save, so another process's save is seen. */
async function knownSteps(tx: Transaction, session: Session): Promise<WiredStep[]> {
  const key = `${session.id}:${session.chainVersion}:${session.snapshot?.frozenAt}`;
  const wired = known.get(key) ?? (await readSteps(tx, session));
  known.delete(key);
  known.set(key, wired);
  for (const [oldest] of known) {
    if (known.size <= KNOWN_CHAINS) break;
    known.delete(oldest);
  }
  return wired;
}

async function readSteps(tx: Transaction, session: Session): Promise<WiredStep[]> {
  return wiredSteps(session, await listChain(session.id, tx));
}

function differs(before: Cell, after: CellState): boolean {
  return (
    before.status !== after.status ||
    before.ready !== after.ready ||
    before.stale !== after.stale ||
    before.needs !== after.needs
  );
}

/** Answers the connections of what may run now. */
async function write(tx: Transaction, changes: readonly Change[], revision: number): Promise<string[]> {
  const rows = await tx.execute<{ connection: string }>(sql`
    update items i set status = c.status, ready = c.ready, stale = c.stale, needs_step = c.needs,
      due_at = case when c.status = 'waiting' then i.due_at end, revision = ${revision}, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
      as c(id uuid, status text, ready boolean, stale boolean, needs integer)
    where i.id = c.id
    returning case when i.ready and i.status in ('queued', 'waiting') then i.connection end as connection`);
  return [...new Set(rows.flatMap(({ connection }) => connection ?? []))];
}

function countChanges(changes: readonly Change[]): Partial<ItemCounts> {
  const counts: Partial<ItemCounts> = {};
  for (const { from, status } of changes) {
    counts[from] = (counts[from] ?? 0) - 1;
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}
