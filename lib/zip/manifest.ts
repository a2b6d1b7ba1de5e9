import Papa from "papaparse";
import { guardCell } from "./formula-guard";
import type { ManifestEntry } from "./types";

// Excel reads UTF-8 only behind a byte order mark; every CSV reader of note skips it.
const BOM = "\ufeff";

const COLUMNS: { name: string; of: (entry: ManifestEntry) => string | number | null }[] = [
  { name: "n", of: (entry) => entry.n },
  { name: "variant", of: (entry) => entry.variant },
  { name: "source", of: (entry) => entry.sourceName },
  { name: "folder", of: (entry) => entry.sourcePath },
  { name: "source_sha256", of: (entry) => entry.sourceSha256 },
  { name: "file", of: (entry) => entry.file },
  { name: "sha256", of: (entry) => entry.sha256 },
  { name: "bytes", of: (entry) => entry.bytes },
  { name: "width", of: (entry) => entry.width },
  { name: "height", of: (entry) => entry.height },
  { name: "status", of: (entry) => entry.status },
  { name: "error", of: (entry) => entry.error },
  { name: "prompt", of: (entry) => entry.prompt },
  { name: "model", of: (entry) => entry.model },
  { name: "model_version", of: (entry) => entry.modelVersion },
  { name: "settings", of: (entry) => (entry.settings == null ? null : JSON.stringify(entry.settings)) },
  { name: "seed", of: (entry) => entry.seed },
  { name: "attempt", of: (entry) => entry.attempt },
  { name: "started_at", of: (entry) => entry.startedAt },
  { name: "finished_at", of: (entry) => entry.finishedAt },
];

/** manifest.csv: RFC 4180, UTF-8 with BOM, one line an item, failed ones too. No cell acts as a formula. */
export function manifestCsv(entries: readonly ManifestEntry[]): string {
  const rows = entries.map((entry) => COLUMNS.map(({ of }) => cell(of(entry))));
  const fields = COLUMNS.map(({ name }) => name);
  return `${BOM + Papa.unparse({ fields, data: rows }, { newline: "\r\n" })}\r\n`;
}

/** manifest.json: the same, with the settings as an object. `madeAt` is ISO 8601. */
export function manifestJson(
  entries: readonly ManifestEntry[],
  { session, madeAt }: { session: string; madeAt: string },
): string {
  return `${JSON.stringify({ version: 1, session, made_at: madeAt, items: entries.map(jsonOf) }, null, 2)}\n`;
}

function jsonOf(entry: ManifestEntry) {
  const flat = Object.fromEntries(COLUMNS.map(({ name, of }) => [name, of(entry)]));
  return { ...flat, settings: entry.settings ?? null };
}

function cell(value: string | number | null): string | number | null {
  return typeof value === "string" ? guardCell(value) : value;
}
