import type { InputRow } from "@/lib/inputs/wire";
import { type InputSort, sortInputs } from "./sort-inputs";

export const INPUT_FILTERS = ["all", "custom", "duplicate", "excluded", "refused"] as const;
export type InputFilter = (typeof INPUT_FILTERS)[number];

export type InputList = {
  /** What the filter and the search leave, in the order asked for. */
  shown: InputRow[];
  counts: Record<InputFilter, number>;
  /** By id of a copy: its first in the list. */
  copyOf: ReadonlyMap<string, InputRow>;
  ready: number;
  probing: number;
  uploading: number;
  /** Bytes of all that is not refused. */
  bytes: number;
};

/** The Bulk Input List as shown. Counts are of the whole list, whatever is searched for. */
export function listInputs(
  rows: readonly InputRow[],
  filter: InputFilter,
  search: string,
  sort: InputSort = "added",
): InputList {
  const here = rows.filter((row) => !row.removed);
  const copyOf = findCopies(here);
  const needle = search.trim().toLocaleLowerCase();
  const list: InputList = {
    shown: [],
    counts: { all: here.length, custom: 0, duplicate: copyOf.size, excluded: 0, refused: 0 },
    copyOf,
    ready: 0,
    probing: 0,
    uploading: 0,
    bytes: 0,
  };
  for (const row of here) {
    if (isCustom(row)) list.counts.custom += 1;
    count(list, row);
    if (passes(row, filter, copyOf) && nameOf(row).toLocaleLowerCase().includes(needle)) list.shown.push(row);
  }
  list.shown = sortInputs(list.shown, sort);
  return list;
}

/** Folder and name as people search for them. */
export function nameOf(row: Pick<InputRow, "path" | "name">): string {
  return row.path ? `${row.path}/${row.name}` : row.name;
}

/** "0007": how the sheet numbers its frames. */
export function frameNumber(position: number): string {
  return String(position).padStart(4, "0");
}

function count(list: InputList, row: InputRow) {
  if (row.state === "refused") {
    list.counts.refused += 1;
    return;
  }
  list.bytes += row.bytes;
  if (row.excluded) list.counts.excluded += 1;
  else list[row.state] += 1;
}

/** With a prompt of its own that will be used. */
function isCustom(row: InputRow): boolean {
  return row.promptMode !== "inherit" && !row.excluded;
}

function passes(row: InputRow, filter: InputFilter, copyOf: ReadonlyMap<string, InputRow>): boolean {
  switch (filter) {
    case "all":
      return true;
    case "custom":
      return isCustom(row);
    case "duplicate":
      return copyOf.has(row.id);
    case "excluded":
      return row.excluded && row.state !== "refused";
    case "refused":
      return row.state === "refused";
  }
}

function findCopies(rows: readonly InputRow[]): Map<string, InputRow> {
  const first = new Map<string, InputRow>();
  const copies = new Map<string, InputRow>();
  for (const row of rows) {
    if (row.imageId === null) continue;
    const known = first.get(row.imageId);
    if (known) copies.set(row.id, known);
    else first.set(row.imageId, row);
  }
  return copies;
}
