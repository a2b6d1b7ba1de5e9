import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db";
import type { ItemStatus } from "@/db/schema";
import type { ItemRow } from "../wire";

/** Item rows in list order. `where` is over alias `i`. The caller has proven the right to the session. */
export async function listItemRows(where: SQL, limit: number): Promise<ItemRow[]> {
  const rows = await db().execute<{
    id: string;
    input_id: string;
    position: number;
    variant: number;
    step_position: number;
    status: ItemStatus;
    review: ItemRow["review"];
    attempt_count: number;
    image_id: string | null;
    width: number | null;
    height: number | null;
    alpha: boolean | null;
    thumbhash: string | null;
    took_ms: number | null;
    cost: string | null;
    maybe_cost: string | null;
    reused_from: number | null;
    error_code: string | null;
    error_words: string | null;
    due_at: string | null;
    started_at: string | null;
    lane: ItemRow["lane"];
    batched_at: string | null;
    own_prompt: boolean;
    stale: boolean;
    needs_step: number | null;
    notes: string[] | null;
  }>(sql`
    select i.id, i.input_id, i.position, i.variant, st.position as step_position, i.status, i.review, i.attempt_count,
      m.id as image_id, m.width, m.height, m.alpha, m.thumbhash, shown.notes,
      (extract(epoch from shown.finished_at - shown.started_at) * 1000)::int as took_ms,
      paid.cost, paid.maybe_cost,
      case when i.status = 'reused' then coalesce((
        select o.position from attempts oa join items o on o.id = oa.item_id and o.session_id = i.session_id
        where oa.id = shown.reused_from), 0) end as reused_from,
      newest.error_code, newest.error_words,
      (extract(epoch from i.due_at) * 1000)::bigint as due_at,
      case when i.status = 'running' then (extract(epoch from i.updated_at) * 1000)::bigint end as started_at,
      i.lane, case when i.status = 'running' and newest.batch_id is not null and newest.received_at is null
        then coalesce((extract(epoch from newest.sent_at) * 1000)::bigint, 0) end as batched_at,
      (i.prompt_override is not null or (st.position = 1 and p.prompt_mode <> 'inherit')) as own_prompt,
      i.stale, i.needs_step
    from items i
    join steps st on st.id = i.step_id and st.position is not null
    join inputs p on p.id = i.input_id
    left join attempts shown on shown.id = i.current_attempt_id
    left join images m on m.id = shown.image_id
    left join attempts newest on newest.item_id = i.id and newest.number = i.attempt_count
    left join lateral (
      select sum(a.cost) as cost, sum(a.cost) filter (where a.charge = 'maybe') as maybe_cost
      from attempts a where a.item_id = i.id and a.charge <> 'none'
    ) paid on true
    where ${where} order by i.position, st.position limit ${limit}`);
  return rows.map((row) => ({
    id: row.id,
    inputId: row.input_id,
    position: row.position,
    variant: row.variant,
    stepPosition: row.step_position,
    status: row.status,
    review: row.review,
    attemptCount: row.attempt_count,
    imageId: row.image_id,
    width: row.width ?? 0,
    height: row.height ?? 0,
    alpha: row.alpha ?? false,
    thumbhash: row.thumbhash,
    tookMs: row.took_ms ?? 0,
    cost: Number(row.cost ?? 0),
    maybeCost: Number(row.maybe_cost ?? 0),
    reusedFrom: row.reused_from,
    error: row.error_words ? { code: row.error_code ?? "unknown", words: row.error_words } : null,
    dueAt: row.due_at === null ? null : Number(row.due_at),
    startedAt: row.started_at === null ? null : Number(row.started_at),
    lane: row.lane,
    batchedAt: row.batched_at === null ? null : Number(row.batched_at),
    ownPrompt: row.own_prompt,
    stale: row.stale,
    needs: row.needs_step,
    notes: row.notes ?? [],
  }));
}
