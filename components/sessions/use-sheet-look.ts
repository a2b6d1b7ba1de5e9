"use client";

import { DEFAULT_TILE_SIZE, type TileLayout } from "@/components/items/tile-geometry";
import { usePreference } from "@/components/items/use-preference";

const SIZES: readonly string[] = ["0", "1", "2", "3", "4"];
const LAYOUTS = ["pair", "result"] as const;

/** How this browser likes its sheet: size of the tiles, with or without the source. */
export function useSheetLook() {
  const [size, setSize] = usePreference("tile-size", { initial: String(DEFAULT_TILE_SIZE), choices: SIZES });
  const [layout, onLayout] = usePreference<TileLayout>("tile-layout", { initial: "pair", choices: LAYOUTS });
  return { size: Number(size), onSize: (next: number) => setSize(String(next)), layout, onLayout };
}
