import type { InputRow } from "@/lib/inputs/wire";

const INPUT_SORTS = ["added", "name", "pixels", "pixels-up", "bytes", "bytes-up", "problems", "own"] as const;
export type InputSort = (typeof INPUT_SORTS)[number];

type Order = (a: InputRow, b: InputRow) => number;

const naturally = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** What stands in the address; anything else is the order of adding. */
export function sortOf(text: string | null): InputSort {
  return INPUT_SORTS.find((one) => one === text) ?? "added";
}

/** Rows in another order to look at; equal ones stay in list order. Positions and numbers do not change. */
export function sortInputs(rows: readonly InputRow[], sort: InputSort): InputRow[] {
  return sort === "added" ? [...rows] : rows.toSorted(ORDERS[sort]);
}

const ORDERS: Record<Exclude<InputSort, "added">, Order> = {
  name: (a, b) => naturally.compare(a.name, b.name) || naturally.compare(a.path, b.path),
  pixels: bySize((row) => row.width * row.height, -1),
  "pixels-up": bySize((row) => row.width * row.height, 1),
  bytes: bySize((row) => row.bytes, -1),
  "bytes-up": bySize((row) => row.bytes, 1),
  problems: (a, b) => troubleOf(a) - troubleOf(b),
  own: (a, b) => Number(a.promptMode === "inherit") - Number(b.promptMode === "inherit"),
};

/** 0 is unknown, not small: it comes last either way. */
function bySize(sizeOf: (row: InputRow) => number, way: 1 | -1): Order {
  const place = (row: InputRow) => sizeOf(row) * way || Number.POSITIVE_INFINITY;
  return (a, b) => {
    const [first, second] = [place(a), place(b)];
    return first === second ? 0 : first - second;
  };
}

/** Refused first, then what is not here yet, then what was altered to be usable, then the rest. */
function troubleOf(row: InputRow): number {
  if (row.state === "refused") return 0;
  if (row.state !== "ready") return 1;
  return row.notices.length > 0 ? 2 : 3;
}
