import type { InputRow } from "@/lib/inputs/wire";
import type { Picked } from "./picked-files";

type Row = Pick<InputRow, "id" | "state" | "name" | "path" | "bytes" | "modified">;

export type Matched = {
  /** Rows whose bytes never came whole, with their file. */
  resume: { inputId: string; picked: Picked }[];
  /** Files that are in the list with all their bytes. */
  here: Picked[];
  fresh: Picked[];
};

/**
 * Sorts chosen files by what the list knows of them. Only while rows wait for their bytes is a known file taken for
 * the same choice made again; otherwise it is a copy the person wants, and gets a row.
 */
export function matchWaiting({
  picked,
  rows,
  sending,
}: {
  picked: readonly Picked[];
  rows: readonly Row[];
  /** Input ids this page uploads right now. */
  sending: ReadonlySet<string>;
}): Matched {
  const matched: Matched = { resume: [], here: [], fresh: [] };
  const waiting = rows.filter((row) => row.state === "uploading" && !sending.has(row.id));
  if (waiting.length === 0) return { ...matched, fresh: [...picked] };
  const stillWaiting = index(waiting);
  const known = index(rows.filter((row) => row.state !== "uploading" || sending.has(row.id)));
  for (const one of picked) {
    const row = take(stillWaiting, one);
    if (row) matched.resume.push({ inputId: row.id, picked: one });
    else if (take(known, one)) matched.here.push(one);
    else matched.fresh.push(one);
  }
  return matched;
}

function index(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row.path, row.name, row.bytes);
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return found;
}

/** Each row answers for one file, so two equal files need two rows. */
function take(rows: Map<string, Row[]>, { file, path }: Picked): Row | null {
  const candidates = rows.get(keyOf(path, file.name, file.size)) ?? [];
  const at = candidates.findIndex(({ modified }) => modified === null || modified === file.lastModified);
  return at < 0 ? null : (candidates.splice(at, 1)[0] ?? null);
}

function keyOf(path: string, name: string, bytes: number): string {
  return `${path}\n${name}\n${bytes}`;
}
