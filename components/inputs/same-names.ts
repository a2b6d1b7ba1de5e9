import type { InputRow } from "@/lib/inputs/wire";
import type { OutputSettings } from "@/lib/sessions/types";
import { archiveNames, sourceStem } from "@/lib/zip/names";
import { sameNameKey } from "@/lib/zip/safe-segment";
import { frameNumber } from "./input-list";

export type Naming = { pattern: string; format: OutputSettings["format"]; session: string };

/**
 * By id: what becomes of the name of a row whose folder has an earlier one of that name (case and ending aside).
 * Results are named by the archive's own rule; the rows it may mix up are few, so 10,000 rows cost milliseconds.
 */
export function sameNames(rows: readonly InputRow[], naming: Naming): ReadonlyMap<string, string> {
  // Numbers keep results apart.
  if (naming.pattern.includes("{n}")) return new Map();
  const used = rows.filter((row) => !row.removed && !row.excluded && row.state !== "refused");
  const firstOf = findFirsts(used);
  const words = new Map<string, string>();
  if (firstOf.size === 0) return words;
  const mixed = naming.pattern.includes("{source}") ? families(used) : used;
  const names = resultNames(mixed, naming);
  for (const [index, row] of mixed.entries()) {
    const first = firstOf.get(row.id);
    const name = names[index]?.split("/").at(-1);
    if (!first || !name) continue;
    words.set(row.id, `Same name as ${frameNumber(first.position)}: its result will be called ${name}`);
  }
  return words;
}

function findFirsts(rows: readonly InputRow[]): Map<string, InputRow> {
  const first = new Map<string, InputRow>();
  const later = new Map<string, InputRow>();
  for (const row of rows) {
    const key = keyOf(row.path, sourceStem(row.name));
    const known = first.get(key);
    if (known) later.set(row.id, known);
    else first.set(key, row);
  }
  return later;
}

/** Rows with namesakes, and those that are called "cat (2)" from the start and so take a name from them. */
function families(rows: readonly InputRow[]): InputRow[] {
  const keys = rows.map((row) => keyOf(row.path, sourceStem(row.name).replace(/( \(\d+\))+$/, "")));
  const sizes = new Map<string, number>();
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  return rows.filter((_, index) => (sizes.get(keys[index] ?? "") ?? 0) > 1);
}

function resultNames(rows: readonly InputRow[], { pattern, format, session }: Naming): string[] {
  const requests = rows.map(({ position, name, path }) => ({
    n: position,
    sourceName: name,
    sourcePath: path,
    variant: 1,
    format,
  }));
  return archiveNames(requests, { pattern: pattern.trim() || "{source}", session });
}

function keyOf(path: string, stem: string): string {
  return sameNameKey(`${path}/${stem}`);
}
