import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db";
import { REFUSAL_CODES } from "@/lib/images/types";
import type { InputRow } from "../wire";

/** Rows of the Bulk Input List in its order; references and masks are not among them. `where` is over alias `i`. The caller has proven the right to the session. */
export async function listInputRows(where: SQL, limit: number): Promise<InputRow[]> {
  const rows = await db().execute<{
    id: string;
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
    select i.id, i.position, i.state, i.source_name as name, i.source_path as path, i.source_bytes as bytes,
      m.width, m.height, i.image_id, m.alpha, m.thumbhash, i.prompt_mode, left(i.prompt, 200) as prompt_start,
      i.excluded, i.removed_at is not null as removed, i.refusal, i.refusal_facts, i.notices,
      i.source_modified as modified
    from inputs i left join images m on m.id = i.image_id
    where i.role = 'source' and ${where} order by i.position limit ${limit}`);
  return rows.map((row) => ({
    id: row.id,
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
