import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import type { Session } from "@/db/schema";
import { lastStepId } from "@/lib/steps/queries/last-step";
import type { ItemCounts, SessionListRow } from "../wire";

export type SessionFilter = "all" | "running" | "drafts" | "finished";

const PAGE = 50;
const STRIP = 5;

/**
 * A page of a person's sessions, newest change first. `search` looks into names, prompts and the names of files;
 * `before` is the `next` of the page above.
 */
export async function listSessions({
  userId,
  search = "",
  filter = "all",
  before,
}: {
  userId: string;
  search?: string;
  filter?: SessionFilter;
  before?: string;
}): Promise<{ rows: SessionListRow[]; next: string | null }> {
  const found = await db().execute<ListFacts & ItemCounts>(sql`
    select s.id, s.kind, s.name, s.state, s.spend, s.step_count,
      s.queued_count as queued, s.running_count as running, s.waiting_count as waiting,
      s.completed_count as completed, s.reused_count as reused, s.failed_count as failed,
      s.blocked_count as blocked, s.cancelled_count as cancelled, s.unmet_count as unmet,
      (extract(epoch from s.created_at) * 1000)::float8 as created_ms,
      (extract(epoch from s.updated_at) * 1000)::float8 as updated_ms,
      (extract(epoch from s.updated_at) * 1000000)::bigint::text as updated_key,
      (select count(*)::int from inputs i where i.session_id = s.id and i.role = 'source' and i.removed_at is null
        and i.state <> 'refused') as input_total,
      coalesce(
        (select array_agg(r.image_id order by r.position) from (
          select a.image_id, i.position from items i join attempts a on a.id = i.current_attempt_id
          where i.session_id = s.id and i.step_id = ${lastStepId(sql`s.id`)} and a.image_id is not null order by i.position limit ${STRIP}) r),
        (select array_agg(r.image_id order by r.position) from (
          select i.image_id, i.position from inputs i
          where i.session_id = s.id and i.role = 'source' and i.image_id is not null and i.removed_at is null
          order by i.position limit ${STRIP}) r)) as strip
    from sessions s
    where s.owner_id = ${userId} and s.deleted_at is null
      and ${stateIs(filter)}
      and ${mentions(search)}
      and ${isBefore(before)}
    order by s.updated_at desc limit ${PAGE + 1}`);
  const rows = found.slice(0, PAGE);
  const last = rows.at(-1);
  return { rows: rows.map(toListRow), next: found.length > PAGE && last ? last.updated_key : null };
}

function toListRow(row: ListFacts & ItemCounts): SessionListRow {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    state: row.state,
    counts: pickCounts(row),
    inputTotal: row.input_total,
    stepCount: row.step_count,
    spend: Number(row.spend),
    strip: row.strip ?? [],
    createdAt: row.created_ms,
    updatedAt: row.updated_ms,
  };
}

type ListFacts = {
  id: string;
  kind: Session["kind"];
  name: string;
  state: Session["state"];
  spend: string;
  step_count: number;
  created_ms: number;
  updated_ms: number;
  /** Exact, for the next page. */
  updated_key: string;
  input_total: number;
  strip: string[] | null;
};

function pickCounts(row: ItemCounts): ItemCounts {
  const { queued, running, waiting, completed, reused, failed, blocked, cancelled, unmet } = row;
  return { queued, running, waiting, completed, reused, failed, blocked, cancelled, unmet };
}

/** `before` is in whole microseconds, as Postgres keeps them; anything else is the first page. */
function isBefore(before: string | undefined) {
  if (!before || !/^\d{1,16}$/.test(before)) return sql`true`;
  return sql`s.updated_at < timestamptz 'epoch' + ${before}::bigint * interval '1 microsecond'`;
}

function mentions(search: string) {
  if (search === "") return sql`true`;
  const like = `%${escapeLike(search)}%`;
  return sql`(s.name ilike ${like} or s.prompt ilike ${like} or exists (
    select 1 from inputs i where i.session_id = s.id and i.removed_at is null and i.source_name ilike ${like}))`;
}

function stateIs(filter: SessionFilter) {
  switch (filter) {
    case "all":
      return sql`true`;
    case "running":
      return sql`s.state in ('running', 'paused')`;
    case "drafts":
      return sql`s.state in ('draft', 'scheduled')`;
    case "finished":
      return sql`s.state in ('finished', 'cancelled')`;
  }
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (char) => `\\${char}`);
}
