import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import { db } from "@/db";
import { type Session, steps } from "@/db/schema";
import { lastStepId } from "@/lib/steps/queries/last-step";
import { baseOf, type ChainRow, listChain, toChainStep } from "@/lib/steps/queries/list-chain";
import { outputOf, withBase } from "@/lib/steps/step-settings";
import { downloadListOf, type ResultRow } from "./download-list";
import type { DownloadList, DownloadSteps, ManifestChain } from "./types";

/** All that an archive of a session's results is built from. Of a chain, the results of the steps that are wanted. */
export async function getDownloadList(
  session: Session,
  include: DownloadSteps = "last",
): Promise<DownloadList> {
  const [rows, chain] = await Promise.all([listResults(session.id), chainOf(session)]);
  return downloadListOf(rows, {
    name: session.name,
    pattern: (session.snapshot?.settings ?? session.settings).namePattern,
    urlOf: (imageId) => `/api/files/${imageId}/full`,
    chain,
    include,
  });
}

/** Every item of a session's chain with what is shown of it. The caller has proven the right to the session. */
async function listResults(sessionId: string): Promise<ResultRow[]> {
  return db().execute<ResultRow>(sql`
    select i.id as item_id, i.position as n, i.variant, st.position as step, i.status, i.stale, i.needs_step,
      p.source_name, p.source_path, coalesce(p.upload_sha256, src.sha256) as source_sha256,
      m.id as image_id, m.sha256, m.bytes, m.width, m.height, m.format,
      a.id as attempt_id, a.prompt, a.model, a.model_version, a.settings, a.seed, a.number as attempt,
      ${isoTime(sql`a.started_at`)} as started_at, ${isoTime(sql`a.finished_at`)} as finished_at,
      case when i.current_attempt_id is null then newest.error_words end as error,
      to_jsonb(st.fed_by) as wiring, ${FED} as fed
    from items i
    join steps st on st.id = i.step_id and st.position is not null
    join inputs p on p.id = i.input_id
    left join images src on src.id = p.image_id
    left join attempts newest on newest.item_id = i.id and newest.number = i.attempt_count
    left join attempts a on a.id = coalesce(i.current_attempt_id, newest.id)
    left join images m on m.id = a.image_id
    where i.session_id = ${sessionId}
    order by i.position, st.position, i.variant`);
}

/** Attempts of earlier steps that attempt `a` was given, in its order. */
const FED = sql`case when a.fed_by <> '{}' then (
  select jsonb_agg(jsonb_build_object('attempt', f.id, 'step', fs.position, 'sha256', fm.sha256) order by f.n)
  from unnest(a.fed_by) with ordinality f(id, n)
  left join attempts fa on fa.id = f.id
  left join items fi on fi.id = fa.item_id
  left join steps fs on fs.id = fi.step_id
  left join images fm on fm.id = fa.image_id) end`;

function isoTime(time: SQL): SQL {
  return sql`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

async function chainOf(session: Session): Promise<(ManifestChain & { last: number }) | null> {
  const rows = await listChain(session.id);
  if (rows.length < 2) return null;
  const [last] = await db()
    .select({ position: steps.position })
    .from(steps)
    .where(eq(steps.id, lastStepId(session.id)));
  return { last: last?.position ?? rows.length, steps: rows.map((row) => manifestStep(session, row, rows)) };
}

function manifestStep(session: Session, row: ChainRow, rows: readonly ChainRow[]) {
  const asked = withBase(baseOf(session), row);
  const { connection, model, provider } = asked.settings;
  const feedsOthers = rows.some(({ enabled, fedBy }) => enabled && fedBy.includes(row.position));
  const { source, references, enabled } = toChainStep(row);
  return {
    step: row.position,
    prompt: asked.prompt,
    settings: { connection, model, provider, output: outputOf(asked, row, feedsOthers) },
    source,
    references,
    enabled,
  };
}
