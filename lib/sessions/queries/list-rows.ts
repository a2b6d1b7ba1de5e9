import "server-only";
import { sql } from "drizzle-orm";
import { listInputRows } from "@/lib/inputs/queries/list-input-rows";
import { packInput } from "@/lib/inputs/wire";
import { listItemRows } from "@/lib/items/queries/list-item-rows";
import { packItem } from "@/lib/items/wire";
import type { RowsAnswer } from "../wire";

/** Results of one input: at most 7 steps; variants come with a later kind of session. */
const ITEMS_PER_INPUT = 7;

/**
 * Rows by position after `after`: `limit` inputs and their items. `cursor` is the revision the caller read before;
 * rows may be newer, and a change seen twice does no harm. The caller has proven the right to the session.
 */
export async function listRows({
  sessionId,
  after,
  limit,
  cursor,
}: {
  sessionId: string;
  after: number;
  limit: number;
  cursor: number;
}): Promise<RowsAnswer> {
  const inputs = await listInputRows(sql`i.session_id = ${sessionId} and i.position > ${after}`, limit);
  const last = inputs.at(-1)?.position;
  if (last === undefined) return { cursor, inputs: [], items: [], next: null };
  const items = await listItemRows(
    sql`i.session_id = ${sessionId} and p.position > ${after} and p.position <= ${last}`,
    limit * ITEMS_PER_INPUT,
  );
  return {
    cursor,
    inputs: inputs.map(packInput),
    items: items.map(packItem),
    next: inputs.length === limit ? last : null,
  };
}
