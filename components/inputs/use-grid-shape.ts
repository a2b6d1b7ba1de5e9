"use client";

import { type RefObject, useLayoutEffect, useState } from "react";

export type GridShape = {
  columns: number;
  /** Height of a row with the gap below it, px. */
  rowHeight: number;
  /** Distance of the grid from the top of the document, px. */
  top: number;
};

const GAP = 16;
/** Edge print, its gap, the frame's gap and the line with the name. */
const TEXT_HEIGHT = 16 + 4 + 6 + 28;
const ROW_GAP = 18;

/** Columns and fixed row height from the room there is; nothing is measured tile by tile. */
function gridShape(width: number, top: number): GridShape {
  const smallest = width < 640 ? 136 : 180;
  const columns = Math.max(2, Math.floor((width + GAP) / (smallest + GAP)));
  const frame = ((width - GAP * (columns - 1)) / columns) * 0.75;
  return { columns, rowHeight: Math.round(frame) + TEXT_HEIGHT + ROW_GAP, top };
}

export function useGridShape(grid: RefObject<HTMLElement | null>): GridShape {
  const [shape, setShape] = useState<GridShape>(() => gridShape(1_000, 0));
  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return;
    const measure = () => {
      const { width, top } = element.getBoundingClientRect();
      const next = gridShape(width, Math.round(top + window.scrollY));
      setShape((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next));
    };
    measure();
    // What stands above the grid grows and shrinks too.
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [grid]);
  return shape;
}
