import "server-only";
import { sql } from "drizzle-orm";
import { db } from "@/db";
import type { Image, ItemStatus, Session } from "@/db/schema";
import { manifestCsv, manifestJson } from "./manifest";
import { archiveNames } from "./names";
import type { DownloadList, ManifestEntry } from "./types";

export type ResultRow = {
  item_id: string;
  n: number;
  variant: number;
  status: ItemStatus;
  source_name: string;
  source_path: string;
  source_sha256: string | null;
  image_id: string | null;
  sha256: string | null;
  bytes: string | null;
  width: number | null;
  height: number | null;
  format: Image["format"] | null;
  prompt: string | null;
  model: string | null;
  model_version: string | null;
  settings: unknown;
  seed: string | null;
  attempt: number | null;
  started_at: string | null;
  finished_at: string | null;
  error: string | null;
};

/** Every item of a session with what is shown of it. The caller has proven the right to the session. */
async function listResults(sessionId: string): Promise<ResultRow[]> {
  return db().execute<ResultRow>(sql`
    select i.id as item_id, i.position as n, i.variant, i.status, p.source_name, p.source_path,
      coalesce(p.upload_sha256, src.sha256) as source_sha256,
      m.id as image_id, m.sha256, m.bytes, m.width, m.height, m.format,
      a.prompt, a.model, a.model_version, a.settings, a.seed, a.number as attempt,
      to_char(a.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as started_at,
      to_char(a.finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as finished_at,
      case when i.current_attempt_id is null then newest.error_words end as error
    from items i
    join inputs p on p.id = i.input_id
    left join images src on src.id = p.image_id
    left join attempts newest on newest.item_id = i.id and newest.number = i.attempt_count
    left join attempts a on a.id = coalesce(i.current_attempt_id, newest.id)
    left join images m on m.id = a.image_id
    where i.session_id = ${sessionId}
    order by i.position`);
}

/** All that an archive of a session's results is built from. */
export async function getDownloadList(session: Session): Promise<DownloadList> {
  const rows = await listResults(session.id);
  const pattern = (session.snapshot?.settings ?? session.settings).namePattern;
  return downloadListOf(rows, {
    name: session.name,
    pattern,
    urlOf: (imageId) => `/api/files/${imageId}/full`,
  });
}

/** Pure: names, files and manifests of these rows. */
function downloadListOf(
  rows: readonly ResultRow[],
  { name, pattern, urlOf }: { name: string; pattern: string; urlOf: (imageId: string) => string },
): DownloadList {
  const made = rows.filter(isMade);
  const names = archiveNames(made.map(nameRequest), { pattern, session: name });
  const nameOf = new Map(made.map((row, index) => [row.item_id, names[index] ?? ""]));
  const entries = rows.map((row) => manifestEntry(row, nameOf.get(row.item_id) ?? null));
  return {
    session: { name },
    files: made.map((row) => ({
      itemId: row.item_id,
      name: nameOf.get(row.item_id) ?? "",
      url: urlOf(row.image_id),
      bytes: Number(row.bytes),
      sha256: row.sha256,
    })),
    failed: rows
      .filter((row) => !isMade(row))
      .map((row) => ({ name: row.source_name, words: row.error ?? `No result: ${row.status}.` })),
    manifestCsv: manifestCsv(entries),
    manifestJson: manifestJson(entries, { session: name, madeAt: new Date().toISOString() }),
  };
}

type MadeRow = ResultRow & { image_id: string; sha256: string; format: Image["format"] };

function isMade(row: ResultRow): row is MadeRow {
  return row.image_id !== null && row.sha256 !== null && row.format !== null;
}

function nameRequest({ n, source_name, source_path, variant, format }: MadeRow) {
  return { n, sourceName: source_name, sourcePath: source_path, variant, format };
}

function manifestEntry(row: ResultRow, file: string | null): ManifestEntry {
  return {
    n: row.n,
    variant: row.variant,
    sourceName: row.source_name,
    sourcePath: row.source_path,
    sourceSha256: row.source_sha256,
    file,
    sha256: row.sha256,
    bytes: row.bytes === null ? null : Number(row.bytes),
    width: row.width,
    height: row.height,
    prompt: row.prompt,
    model: row.model,
    modelVersion: row.model_version,
    settings: row.settings,
    seed: row.seed === null ? null : Number(row.seed),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    attempt: row.attempt ?? 0,
    status: row.status,
    error: row.error,
  };
}
