/** What is selected, and from where a range is drawn. */
export type Selection = { ids: ReadonlySet<string>; anchor: string | null };

export const NOTHING_SELECTED: Selection = { ids: new Set(), anchor: null };

export type SelectionMove =
  | { type: "toggle"; id: string }
  /** From the anchor to `id`, in the order shown. */
  | { type: "range"; id: string; order: readonly string[] }
  | { type: "all"; order: readonly string[] }
  | { type: "none" }
  /** Keeps only what is still in the list. */
  | { type: "keep"; order: readonly string[] };

export function moveSelection(selection: Selection, move: SelectionMove): Selection {
  switch (move.type) {
    case "toggle":
      return { ids: toggled(selection.ids, move.id), anchor: move.id };
    case "range":
      return range(selection, move.id, move.order);
    case "all":
      return { ids: new Set(move.order), anchor: selection.anchor };
    case "none":
      return NOTHING_SELECTED;
    case "keep":
      return kept(selection, move.order);
  }
}

function toggled(ids: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

function range(selection: Selection, id: string, order: readonly string[]): Selection {
  const to = order.indexOf(id);
  const from = selection.anchor === null ? to : order.indexOf(selection.anchor);
  if (to < 0 || from < 0) return { ids: toggled(selection.ids, id), anchor: id };
  const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...selection.ids, ...between]), anchor: selection.anchor ?? id };
}

function kept(selection: Selection, order: readonly string[]): Selection {
  const here = new Set(order);
  const ids = [...selection.ids].filter((id) => here.has(id));
  return ids.length === selection.ids.size ? selection : { ...selection, ids: new Set(ids) };
}
