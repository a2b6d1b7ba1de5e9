"use client";

import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { moveInGrid } from "@/components/inputs/grid-moves";
import type { Selection, SelectionMove } from "@/components/inputs/selection";
import type { SessionStore } from "@/components/sessions/session-store";
import { Tile, type TileCommands } from "./tile";
import { type TileGeometry, type TileLayout, tileGeometry } from "./tile-geometry";
import { useBox } from "./use-box";
import { useCoarsePointer } from "./use-coarse-pointer";

type ResultsGridProps = {
  store: SessionStore;
  /** Ids in the order shown. */
  order: readonly string[];
  /** The step the tiles show; null where there is only one. */
  place: number | null;
  /** They show the originals instead. */
  original: boolean;
  size: number;
  layout: TileLayout;
  selection: Selection;
  onSelect: (move: SelectionMove) => void;
  /** The tile that has the focus, or had it last. */
  currentId: string | null;
  commands: TileCommands;
};

/** The sheet: rows of tiles, only those near the screen in the document. */
export function ResultsGrid(props: ResultsGridProps) {
  const { ref, width, top } = useBox<HTMLDivElement>();
  return (
    <div ref={ref} className="min-h-96">
      {width > 0 && <Rows {...props} width={width} top={top} />}
    </div>
  );
}

function Rows(props: ResultsGridProps & { width: number; top: number }) {
  const { order, selection, width, top, store, size, layout, commands } = props;
  const coarse = useCoarsePointer();
  const selecting = coarse || selection.ids.size > 0;
  const geometry = useMemo(() => tileGeometry(width, { size, layout }), [width, size, layout]);
  const rowCount = Math.ceil(order.length / geometry.columns);
  const at = Math.max(0, props.currentId === null ? 0 : order.indexOf(props.currentId));
  const currentRow = Math.floor(at / geometry.columns);
  const rows = useWindowVirtualizer({
    count: rowCount,
    estimateSize: () => geometry.rowHeight,
    overscan: 2,
    scrollMargin: top,
    scrollPaddingStart: 72,
    scrollPaddingEnd: 72,
    // The row with the focus stays, or the focus would fall to the page.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), currentRow])].sort((a, b) => a - b),
  });
  const { rowHeight } = geometry;
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights are kept by the virtualizer until it is told
  useEffect(() => rows.measure(), [rows, rowHeight]);
  const keys = useGridKeys({ ...props, geometry, at, scrollToRow: rows.scrollToIndex });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a grid of tiles is no table
    <div
      role="grid"
      aria-label="Results"
      aria-rowcount={rowCount}
      aria-colcount={geometry.columns}
      aria-multiselectable
      tabIndex={-1}
      className="relative outline-none"
      style={{ height: Math.max(0, rows.getTotalSize()) }}
      onKeyDown={keys}
    >
      {rows.getVirtualItems().map((row) => (
        // biome-ignore lint/a11y/useSemanticElements: a grid of tiles is no table
        <div
          key={row.key}
          role="row"
          tabIndex={-1}
          aria-rowindex={row.index + 1}
          className="absolute inset-x-0 top-0 flex outline-none"
          style={{ transform: `translateY(${row.start - top}px)`, gap: geometry.gapX }}
        >
          {order.slice(row.index * geometry.columns, (row.index + 1) * geometry.columns).map((id, column) => (
            <Tile
              key={id}
              store={store}
              id={id}
              place={props.place}
              original={props.original}
              index={row.index * geometry.columns + column}
              count={order.length}
              geometry={geometry}
              layout={layout}
              selected={selection.ids.has(id)}
              selecting={selecting}
              current={row.index * geometry.columns + column === at}
              commands={commands}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

type KeysGiven = ResultsGridProps & {
  geometry: TileGeometry;
  at: number;
  scrollToRow: (row: number) => void;
};

/** Keys of UX.md 2.6. They work while the focus is on a tile only. */
function useGridKeys(given: KeysGiven) {
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    // A tile scrolled into view exists only after the rows are drawn.
    if (wanted.current && focusTile(wanted.current)) wanted.current = null;
  });
  return (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.target instanceof HTMLElement) || !event.target.dataset.tile || event.altKey) return;
    const { order, at, geometry, onSelect, commands, selection } = given;
    const id = order[at];
    if (id === undefined) return;
    const ctrl = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor((window.innerHeight - 120) / geometry.rowHeight));
    const to = moveInGrid({ key: event.key, ctrl, at, columns: geometry.columns, count: order.length, page });
    if (to !== null) {
      event.preventDefault();
      const next = order[to];
      if (next === undefined) return;
      if (event.shiftKey) {
        if (selection.anchor === null) onSelect({ type: "range", id, order });
        onSelect({ type: "range", id: next, order });
      }
      commands.focus(next);
      given.scrollToRow(Math.floor(to / geometry.columns));
      if (!focusTile(next)) wanted.current = next;
      return;
    }
    if (act({ event, id, ctrl, given })) event.preventDefault();
  };
}

function act({
  event,
  id,
  ctrl,
  given: { order, onSelect, commands, selection },
}: {
  event: KeyboardEvent;
  id: string;
  ctrl: boolean;
  given: KeysGiven;
}): boolean {
  const key = event.key.toLowerCase();
  if (ctrl && key === "a") onSelect({ type: "all", order });
  else if (ctrl) return false;
  else if (event.shiftKey && key === " ") onSelect({ type: "toggle", id });
  else if (key === "escape" && selection.ids.size > 0) onSelect({ type: "none" });
  else if (key === " " || key === "enter" || key === "e") commands.open(id);
  else if (key === "r") commands.redo(id);
  else if (key === "d") commands.download(id);
  else if (key === "+" || key === "-") commands.resize(key === "+" ? 1 : -1);
  else if (key === "[" || key === "]") commands.step(key === "]" ? 1 : -1);
  else if (key === "/") commands.search();
  else return false;
  return true;
}

/** Whether the tile was there to take the focus. `reveal` also scrolls it into view. */
export function focusTile(id: string, { reveal = false } = {}): boolean {
  const tile = document.querySelector<HTMLElement>(`[data-tile="${CSS.escape(id)}"]`);
  tile?.focus({ preventScroll: true });
  if (reveal) tile?.scrollIntoView({ block: "nearest" });
  return tile !== null;
}
