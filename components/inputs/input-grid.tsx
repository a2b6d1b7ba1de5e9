"use client";

import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import type { UploadStore } from "@/components/uploads/upload-store";
import type { InputRow } from "@/lib/inputs/wire";
import { moveInGrid } from "./grid-moves";
import { InputTile, type TileActions } from "./input-tile";
import { useGridShape } from "./use-grid-shape";

type InputGridProps = TileActions & {
  rows: readonly InputRow[];
  copyOf: ReadonlyMap<string, InputRow>;
  uploads: UploadStore;
  selected: ReadonlySet<string>;
  /** The row shown large; when that ends, its tile takes the focus. */
  openId: string | null;
  onSelectAll: () => void;
  onSelectNone: () => void;
};

/** The tiles in list order; only rows near the screen exist. One stop for Tab, arrows inside (APG layout grid). */
export function InputGrid(props: InputGridProps) {
  const { rows, copyOf, uploads, selected } = props;
  const grid = useRef<HTMLDivElement>(null);
  const shape = useGridShape(grid);
  const { columns, rowHeight } = shape;
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const focusedAt = Math.max(
    0,
    rows.findIndex((row) => row.id === focusedId),
  );
  const virtual = useWindowVirtualizer({
    count: Math.ceil(rows.length / columns),
    estimateSize: () => rowHeight,
    overscan: 3,
    scrollMargin: shape.top,
    // The focused row stays, or the focus would fall to the page when it scrolls away.
    rangeExtractor: (range) =>
      withRow(defaultRangeExtractor(range), Math.floor(focusedAt / columns), range.count),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are kept until told that the row height changed
  useLayoutEffect(() => virtual.measure(), [rowHeight, columns]);

  function focusCell(at: number) {
    const row = rows[at];
    if (!row) return;
    setFocusedId(row.id);
    virtual.scrollToIndex(Math.floor(at / columns));
    // The row may come to life only with the next frame.
    requestAnimationFrame(() => {
      grid.current?.querySelector<HTMLElement>(`[data-cell="${row.id}"]`)?.focus({ preventScroll: true });
    });
  }

  const wasOpen = useRef<string | null>(null);
  const focusOpened = useEffectEvent((id: string) => focusCell(rows.findIndex((row) => row.id === id)));
  const { openId } = props;
  useEffect(() => {
    if (openId === null && wasOpen.current !== null) focusOpened(wasOpen.current);
    wasOpen.current = openId;
  }, [openId]);

  function onKeyDown(event: KeyboardEvent) {
    const ctrl = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor(window.innerHeight / rowHeight) - 1);
    const at = moveInGrid({ key: event.key, ctrl, at: focusedAt, columns, count: rows.length, page });
    if (at !== null) {
      event.preventDefault();
      const target = rows[at];
      if (event.shiftKey && target) props.onToggle(target.id, { shiftKey: true });
      focusCell(at);
      return;
    }
    if (act(event.key, ctrl)) event.preventDefault();
  }

  function act(key: string, ctrl: boolean): boolean {
    const row = rows[focusedAt];
    if (key === "a" && ctrl) props.onSelectAll();
    else if (key === "Escape") props.onSelectNone();
    else if (key === " " && row) props.onToggle(row.id, { shiftKey: false });
    else if ((key === "Delete" || key === "Backspace") && row) {
      props.onRemove(selected.has(row.id) ? [...selected] : [row.id]);
      setFocusedId(rows[focusedAt + 1]?.id ?? rows[focusedAt - 1]?.id ?? null);
    } else return false;
    return true;
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a layout grid is no table (APG)
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label="Images"
      aria-rowcount={Math.ceil(rows.length / columns)}
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
            transform: `translateY(${line.start - shape.top}px)`,
          }}
        >
          {rows.slice(line.index * columns, (line.index + 1) * columns).map((row, index) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
            <div key={row.id} role="gridcell" aria-selected={selected.has(row.id)}>
              <InputTile
                {...props}
                row={row}
                copyOf={copyOf.get(row.id)}
                uploads={uploads}
                selected={selected.has(row.id)}
                selecting={selected.size > 0}
                focusable={line.index * columns + index === focusedAt}
                onFocus={() => setFocusedId(row.id)}
              />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function withRow(indexes: number[], row: number, count: number): number[] {
  if (row >= count || indexes.includes(row)) return indexes;
  return [...indexes, row].sort((a, b) => a - b);
}
