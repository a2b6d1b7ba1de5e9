"use client";

import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useLayoutEffect, useRef } from "react";
import type { UploadStore } from "@/components/uploads/upload-store";
import type { InputRow } from "@/lib/inputs/wire";
import { moveInGrid } from "./grid-moves";
import { InputTile, type TileActions } from "./input-tile";
import { useGridFocus } from "./use-grid-focus";
import { useGridShape } from "./use-grid-shape";
import { useSteadyActions } from "./use-steady-actions";

type InputGridProps = TileActions & {
  rows: readonly InputRow[];
  copyOf: ReadonlyMap<string, InputRow>;
  /** By id: what becomes of a name that another row has too. */
  namesakes: ReadonlyMap<string, string>;
  uploads: UploadStore;
  selected: ReadonlySet<string>;
  openId: string | null;
  onSelectAll: () => void;
  onSelectNone: () => void;
};

/** The tiles in list order; only rows near the screen exist. One stop for Tab, arrows inside (APG layout grid). */
export function InputGrid(props: InputGridProps) {
  const { rows, copyOf, namesakes, uploads, selected, openId } = props;
  const grid = useRef<HTMLDivElement>(null);
  const { columns, rowHeight, top } = useGridShape(grid);
  const count = Math.ceil(rows.length / columns);
  const focus = useGridFocus({
    grid,
    rows,
    openId,
    showIndex: (index) => virtual.scrollToIndex(Math.floor(index / columns)),
  });
  const focusedRow = Math.floor(focus.focusedAt / columns);
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => rowHeight,
    overscan: 3,
    scrollMargin: top,
    // The focused row stays, or the focus would fall to the page when it scrolls away.
    rangeExtractor: (range) => withRow(defaultRangeExtractor(range), focusedRow, range.count),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are kept until told that the row height changed
  useLayoutEffect(() => virtual.measure(), [rowHeight, columns]);
  const actions = useSteadyActions(props);
  const onKeyDown = (event: KeyboardEvent) => {
    if (handleKey(event, { ...props, ...focus, columns, rowHeight })) event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a layout grid is no table (APG)
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label="Images"
      aria-rowcount={count}
      aria-multiselectable
      onKeyDown={onKeyDown}
      className="relative w-full outline-none"
      style={{ height: virtual.getTotalSize() }}
    >
      {virtual.getVirtualItems().map((line) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: the cells' buttons take the focus
        <div
          key={line.key}
          role="row"
          aria-rowindex={line.index + 1}
          className="absolute inset-x-0 top-0 grid gap-x-4"
          style={{
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            transform: `translateY(${line.start - top}px)`,
          }}
        >
          {rows.slice(line.index * columns, (line.index + 1) * columns).map((row, index) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
            <div key={row.id} role="gridcell" aria-selected={selected.has(row.id)}>
              <InputTile
                {...actions}
                row={row}
                copyOf={copyOf.get(row.id)}
                namesake={namesakes.get(row.id)}
                uploads={uploads}
                selected={selected.has(row.id)}
                selecting={selected.size > 0}
                focusable={line.index * columns + index === focus.focusedAt}
                onFocus={focus.setFocusedId}
              />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

type KeyContext = InputGridProps & ReturnType<typeof useGridFocus> & { columns: number; rowHeight: number };

/** Whether the key meant something here. */
function handleKey(event: KeyboardEvent, context: KeyContext): boolean {
  const { rows, columns, rowHeight, focusedAt } = context;
  const ctrl = event.ctrlKey || event.metaKey;
  const page = Math.max(1, Math.floor(window.innerHeight / rowHeight) - 1);
  const at = moveInGrid({ key: event.key, ctrl, at: focusedAt, columns, count: rows.length, page });
  if (at === null) return act(event.key, ctrl, context);
  const target = rows[at];
  if (event.shiftKey && target) context.onToggle(target.id, { shiftKey: true });
  context.focusCell(at);
  return true;
}

function act(key: string, ctrl: boolean, context: KeyContext): boolean {
  const { rows, selected, focusedAt } = context;
  const row = rows[focusedAt];
  if (key === "a" && ctrl) context.onSelectAll();
  else if (key === "Escape") context.onSelectNone();
  else if (key === " " && row) context.onToggle(row.id, { shiftKey: false });
  else if (key === "Delete" && row) {
    const going = selected.has(row.id) ? selected : new Set([row.id]);
    context.onRemove([...going]);
    const next =
      rows.slice(focusedAt).find(({ id }) => !going.has(id)) ?? rows.findLast(({ id }) => !going.has(id));
    // Before the tile goes, or the focus would go with it.
    if (next) context.focusCell(rows.indexOf(next));
  } else return false;
  return true;
}

function withRow(indexes: number[], row: number, count: number): number[] {
  if (row >= count || indexes.includes(row)) return indexes;
  return [...indexes, row].sort((a, b) => a - b);
}
