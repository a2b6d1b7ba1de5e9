export type TileLayout = "pair" | "result";

/** Everything in CSS pixels. Row heights are fixed, so that nothing is measured while scrolling. */
export type TileGeometry = {
  columns: number;
  gapX: number;
  tile: number;
  /** The picture area: both panes and the gap between them. */
  frame: { width: number; height: number };
  pane: { width: number; height: number };
  /** Source above result instead of beside it. */
  stacked: boolean;
  /** Height of name and state: side by side, or two lines where the tile is narrow. */
  caption: number;
  /** From one row of tiles to the next. */
  rowHeight: number;
};

export const TILE_SIZES = 5;
export const DEFAULT_TILE_SIZE = 2;

const SMALLEST = { pair: [210, 260, 330, 440, 600], result: [130, 165, 204, 290, 420] } as const;
const EDGE = 24;
const CAPTION = 32;
const TWO_LINES = 54;
const TWO_LINES_BELOW = 200;
const GAP_Y = 14;
/** Between source and result. */
export const PAIR_GAP = 6;
const NARROW = 560;
const STACK_BELOW = 250;

/** How tiles of a size (0 small to 4 large) lie in a grid of this width. */
export function tileGeometry(
  width: number,
  { size, layout }: { size: number; layout: TileLayout },
): TileGeometry {
  const narrow = width < NARROW;
  const gapX = narrow ? 12 : 16;
  const smallest = SMALLEST[layout][size] ?? SMALLEST[layout][DEFAULT_TILE_SIZE];
  const fitting = Math.floor((width + gapX) / (smallest + gapX));
  const least = narrow && size > DEFAULT_TILE_SIZE ? 1 : 2;
  const columns = Math.max(least, fitting);
  const tile = (width - gapX * (columns - 1)) / columns;
  const stacked = layout === "pair" && tile < STACK_BELOW;
  const pane = paneOf(tile, { layout, stacked });
  const frame = { width: tile, height: stacked ? pane.height * 2 + PAIR_GAP : pane.height };
  const caption = tile < TWO_LINES_BELOW ? TWO_LINES : CAPTION;
  const rowHeight = EDGE + frame.height + caption + GAP_Y;
  return { columns, gapX, tile, frame, pane, stacked, caption, rowHeight };
}

function paneOf(tile: number, { layout, stacked }: { layout: TileLayout; stacked: boolean }) {
  if (layout === "result") return { width: tile, height: Math.round((tile * 3) / 4) };
  if (stacked) return { width: tile, height: Math.round(tile * 0.66) };
  const width = (tile - PAIR_GAP) / 2;
  return { width, height: Math.round(width * 0.9) };
}
