import type { Image, ItemStatus } from "@/db/schema";
import { feedOf } from "@/lib/steps/feed-of";
import { CHAIN_COLUMNS, manifestCsv, manifestJson } from "./manifest";
import { archiveNames } from "./names";
import type { DownloadList, DownloadSteps, ManifestChain, ManifestEntry, ManifestFeed } from "./types";

export type ResultRow = {
  item_id: string;
  n: number;
  variant: number;
  step: number;
  status: ItemStatus;
  stale: boolean;
  needs_step: number | null;
  source_name: string;
  source_path: string;
  source_sha256: string | null;
  image_id: string | null;
  sha256: string | null;
  bytes: string | null;
  width: number | null;
  height: number | null;
  format: Image["format"] | null;
  attempt_id: string | null;
  prompt: string | null;
  model: string | null;
  model_version: string | null;
  settings: unknown;
  seed: string | null;
  attempt: number | null;
  started_at: string | null;
  finished_at: string | null;
  error: string | null;
  /** Whose pictures its step works on now, 0: the original. */
  wiring: number[];
  /** What the shown attempt was given; `step` is null for one that was taken out since. */
  fed: { attempt: string; step: number | null; sha256: string | null }[] | null;
};

type Given = {
  name: string;
  pattern: string;
  urlOf: (imageId: string) => string;
  /** Null where the session has one step. */
  chain: (ManifestChain & { last: number }) | null;
  include: DownloadSteps;
};

/** Names, files and manifests of all results of a session, in order of image and step. */
export function downloadListOf(rows: readonly ResultRow[], given: Given): DownloadList {
  const { name, pattern, urlOf, chain } = given;
  const wanted = rows.filter(({ step }) => isIncluded(step, given));
  const made = wanted.filter(isMade);
  const names = archiveNames(
    made.map((row) => nameRequest(row, given)),
    { pattern, session: name },
  );
  const nameOf = new Map(made.map((row, index) => [row.item_id, names[index] ?? ""]));
  const fileOf = new Map(made.map((row) => [row.attempt_id, nameOf.get(row.item_id) ?? null]));
  const entries = rows.map((row) => ({
    ...manifestEntry(row, nameOf.get(row.item_id) ?? null),
    chain: chain && chainPlace(row, fileOf),
  }));
  const about = { session: name, madeAt: new Date().toISOString() };
  return {
    session: { name },
    files: made.map((row) => ({
      itemId: row.item_id,
      name: nameOf.get(row.item_id) ?? "",
      url: urlOf(row.image_id),
      bytes: Number(row.bytes),
      sha256: row.sha256,
    })),
    failed: wanted
      .filter((row) => !isMade(row))
      .map((row) => ({ name: row.source_name, words: row.error ?? `No result: ${row.status}.` })),
    manifestCsv: chain ? manifestCsv(entries, CHAIN_COLUMNS) : manifestCsv(entries),
    manifestJson: chain
      ? manifestJson(entries, { ...about, chain: { steps: chain.steps }, columns: CHAIN_COLUMNS })
      : manifestJson(entries, about),
  };
}

function isIncluded(step: number, { chain, include }: Given): boolean {
  if (!chain || include === "all") return true;
  return step === (include === "last" ? chain.last : include);
}

type MadeRow = ResultRow & { image_id: string; sha256: string; format: Image["format"] };

function isMade(row: ResultRow): row is MadeRow {
  return row.image_id !== null && row.sha256 !== null && row.format !== null;
}

/** A folder for every step where all are wanted; alone, only a step before the last is told in the name. */
function nameRequest(
  { n, step, source_name, source_path, variant, format }: MadeRow,
  { chain, include }: Given,
) {
  const all = chain !== null && include === "all";
  return {
    n,
    variant,
    format,
    sourceName: source_name,
    sourcePath: all ? `step ${step}/${source_path}` : source_path,
    step: all || (chain && step !== chain.last) ? step : undefined,
  };
}

function chainPlace(row: ResultRow, fileOf: ReadonlyMap<string | null, string | null>) {
  const { step, stale, needs_step, attempt, wiring, fed, source_sha256 } = row;
  const original: ManifestFeed = { from: "original", file: null, sha256: source_sha256 };
  const madeFrom = feedOf({ wiring, fed: fed ?? [] }).map(
    (one): ManifestFeed =>
      one === null
        ? original
        : {
            from: one.step === null ? "a removed step" : `step ${one.step}`,
            file: fileOf.get(one.attempt) ?? null,
            sha256: one.sha256,
          },
  );
  return { step, outOfDate: stale, needsStep: needs_step, madeFrom: attempt === null ? [] : madeFrom };
}

function manifestEntry(row: ResultRow, file: string | null): Omit<ManifestEntry, "chain"> {
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
