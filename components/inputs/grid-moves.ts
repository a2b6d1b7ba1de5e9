/** Where a key takes the focus in a grid of `count` cells in rows of `columns`; null: nowhere. */
export function moveInGrid({
  key,
  ctrl,
  at,
  columns,
  count,
  page,
}: {
  key: string;
  /** Ctrl, or Command on a Mac. */
  ctrl: boolean;
  at: number;
  columns: number;
  count: number;
  /** Rows that fit on the screen. */
  page: number;
}): number | null {
  const to = targetOf({ key, ctrl, at, columns, count, page });
  if (to === null || count === 0) return null;
  return Math.max(0, Math.min(count - 1, to));
}

function targetOf(given: Parameters<typeof moveInGrid>[0]): number | null {
  const { key, ctrl, at, columns, count, page } = given;
  const rowStart = at - (at % columns);
  switch (key) {
    case "ArrowRight":
      return at + 1;
    case "ArrowLeft":
      return at - 1;
    case "ArrowDown":
      return rowStart + columns >= count ? at : at + columns;
    case "ArrowUp":
      return at < columns ? at : at - columns;
    case "Home":
      return ctrl ? 0 : rowStart;
    case "End":
      return ctrl ? count - 1 : rowStart + columns - 1;
    case "PageDown":
      return at + columns * page;
    case "PageUp":
      return at - columns * page;
    default:
      return null;
  }
}
