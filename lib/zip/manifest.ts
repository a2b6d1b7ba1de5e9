import { writeCsv } from "./csv";
import type { ManifestChain, ManifestEntry } from "./types";

const COLUMNS = {
  n: (entry) => entry.n,
  variant: (entry) => entry.variant,
  source: (entry) => entry.sourceName,
  folder: (entry) => entry.sourcePath,
  source_sha256: (entry) => entry.sourceSha256,
  file: (entry) => entry.file,
  sha256: (entry) => entry.sha256,
  bytes: (entry) => entry.bytes,
  width: (entry) => entry.width,
  height: (entry) => entry.height,
  status: (entry) => entry.status,
  error: (entry) => entry.error,
  prompt: (entry) => entry.prompt,
  model: (entry) => entry.model,
  model_version: (entry) => entry.modelVersion,
  settings: (entry) => entry.settings ?? null,
  seed: (entry) => entry.seed,
  attempt: (entry) => entry.attempt,
  started_at: (entry) => entry.startedAt,
  finished_at: (entry) => entry.finishedAt,
  step: (entry) => entry.chain?.step ?? null,
  made_from: (entry) => sourceOf(entry)?.from ?? null,
  made_from_file: (entry) => sourceOf(entry)?.file ?? null,
  made_from_sha256: (entry) => sourceOf(entry)?.sha256 ?? null,
  references: (entry) => entry.chain?.madeFrom.slice(1) ?? [],
  out_of_date: (entry) => entry.chain?.outOfDate ?? false,
  needs_step: (entry) => entry.chain?.needsStep ?? null,
} as const satisfies Record<string, (entry: ManifestEntry) => unknown>;

export type ManifestColumn = keyof typeof COLUMNS;

const ALL: readonly ManifestColumn[] = [
  ...([
    "n",
    "variant",
    "source",
    "folder",
    "source_sha256",
    "file",
    "sha256",
    "bytes",
    "width",
    "height",
  ] as const),
  ...(["status", "error", "prompt", "model", "model_version", "settings", "seed", "attempt"] as const),
  ...(["started_at", "finished_at"] as const),
];

/** Told of a session with several steps: each picture with its place in the chain and what it was made from. */
export const CHAIN_COLUMNS: readonly ManifestColumn[] = [
  "n",
  "variant",
  "step",
  ...ALL.slice(ALL.indexOf("source")),
  ...(["made_from", "made_from_file", "made_from_sha256", "references"] as const),
  ...(["out_of_date", "needs_step"] as const),
];

function sourceOf({ chain }: ManifestEntry) {
  return chain?.madeFrom[0];
}

/**
 * manifest.csv: RFC 4180, UTF-8 with BOM, one line an item, failed ones too. No cell acts as a formula; settings are
 * JSON. Every column unless fewer are asked for.
 */
export function manifestCsv(entries: readonly ManifestEntry[], columns = ALL): string {
  return writeCsv(
    columns,
    entries.map((entry) => columns.map((column) => COLUMNS[column](entry))),
  );
}

/** manifest.json: the same, with the settings as an object, after the chain of its session. `madeAt` is ISO 8601. */
export function manifestJson(
  entries: readonly ManifestEntry[],
  {
    session,
    madeAt,
    chain,
    columns = ALL,
  }: { session: string; madeAt: string; chain?: ManifestChain; columns?: readonly ManifestColumn[] },
): string {
  const items = entries.map((entry) =>
    Object.fromEntries(columns.map((column) => [column, COLUMNS[column](entry)])),
  );
  return `${JSON.stringify({ version: 1, session, made_at: madeAt, chain, items }, null, 2)}\n`;
}
