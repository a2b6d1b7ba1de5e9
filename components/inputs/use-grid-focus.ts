"use client";

import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import type { InputRow } from "@/lib/inputs/wire";

/** Which tile Tab reaches, and moving the focus to tiles that may not exist yet. */
export function useGridFocus({
  grid,
  rows,
  openId,
  showIndex,
}: {
  grid: RefObject<HTMLElement | null>;
  rows: readonly InputRow[];
  /** The row shown large; when that ends, its tile takes the focus. */
  openId: string | null;
  /** Brings a tile's row onto the screen. */
  showIndex: (index: number) => void;
}) {
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const focusedAt = Math.max(
    0,
    rows.findIndex((row) => row.id === focusedId),
  );

  function focusCell(index: number) {
    const row = rows[index];
    if (!row) return;
    setFocusedId(row.id);
    showIndex(index);
    // The row may come to life only with the next frame.
    requestAnimationFrame(() => {
      grid.current?.querySelector<HTMLElement>(`[data-cell="${row.id}"]`)?.focus({ preventScroll: true });
    });
  }

  const wasOpen = useRef<string | null>(null);
  const focusOpened = useEffectEvent((id: string) => focusCell(rows.findIndex((row) => row.id === id)));
  useEffect(() => {
    if (openId === null && wasOpen.current !== null) focusOpened(wasOpen.current);
    wasOpen.current = openId;
  }, [openId]);

  return { focusedAt, setFocusedId, focusCell };
}
