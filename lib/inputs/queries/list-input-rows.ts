import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db";
import type { Input } from "@/db/schema";
import { REFUSAL_CODES } from "@/lib/images/types";
import type { AttachedRow, InputRow } from "../wire";

/**
 * Rows of the Bulk Input List in its order; references and masks are not among them. `where` is over alias `i`. The
 * caller has proven the right to the session.
 */
export async function listInputRows(where: SQL, limit: number): Promise<InputRow[]> {
  const rows = await selectRows(sql`i.role = 'source' and (${where})`, sql`i.position limit ${limit}`);
  return rows.map(({ role: _, forInputId: __, ...row }) => row);
}

/** References and masks of a session that were not removed, in the order they are used. Rights as above. */
export async function listAttachedRows(sessionId: string): Promise<AttachedRow[]> {
  const rows = await selectRows(
    sql`i.session_id = ${sessionId} and i.role <> 'source' and i.removed_at is null`,
    sql`i.position desc`,
  );
  return rows.flatMap(({ role, ...row }) => (role === "source" ? [] : { ...row, role }));
}

async function selectRows(where: SQL, order: SQL) {
  const rows = await db().execute<{
    id: string;
    role: Input["role"];
    for_input_id: string | null;
    position: number;
    state: InputRow["state"];
    name: string;
    path: string;
    bytes: string;
    width: number | null;
    height: number | null;
    image_id: string | null;
    alpha: boolean | null;
    thumbhash: string | null;
    prompt_mode: InputRow["promptMode"];
    prompt_start: string;
    excluded: boolean;
    removed: boolean;
    refusal: string | null;
    refusal_facts: Record<string, string | number> | null;
    notices: string[];
    modified: string | null;
  }>(sql`
    select i.id, i.role, i.for_input_id, i.position, i.state, i.source_name as name, i.source_path as path,
      i.source_bytes as bytes, m.width, m.height, i.image_id, m.alpha, m.thumbhash, i.prompt_mode, left(i.prompt, 200) as prompt_start,
      i.excluded, i.removed_at is not null as removed, i.refusal, i.refusal_facts, i.notices,
      i.source_modified as modified
    from inputs i left join images m on m.id = i.image_id
    where ${where} order by ${order}`);
  return rows.map((row) => ({
    id: row.id,
    role: row.role,
    forInputId: row.for_input_id,
    position: row.position,
    state: row.state,
    name: row.name,
    path: row.path,
    bytes: Number(row.bytes),
    width: row.width ?? 0,
    height: row.height ?? 0,
    imageId: row.image_id,
    alpha: row.alpha ?? false,
    thumbhash: row.thumbhash,
    promptMode: row.prompt_mode,
    promptStart: row.prompt_start,
    excluded: row.excluded,
    removed: row.removed,
    refusal: refusalOf(row.refusal, row.refusal_facts),
    notices: row.notices,
    modified: row.modified === null ? null : Number(row.modified),
  }));
}

function refusalOf(code: string | null, facts: Record<string, string | number> | null): InputRow["refusal"] {
  const known = REFUSAL_CODES.find((one) => one === code);
  return known ? { code: known, facts: facts ?? {} } : null;
}
