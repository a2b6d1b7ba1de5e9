"use client";

import { useCallback } from "react";
import type { SheetRow } from "./chain-rows";
import { tileOf } from "./feed-state";
import type { SessionStore } from "./session-store";
import { useFeed } from "./use-session-feed";

export type RowOf = (tileId: string) => SheetRow | undefined;

/** What each tile shows at a step. A new function whenever any of it changed. */
export function useTileRows(store: SessionStore, place: number | null): RowOf {
  const items = useFeed(store, (state) => state.items);
  const chains = useFeed(store, (state) => state.chains);
  return useCallback((id: string) => tileOf({ items, chains }, id, place), [items, chains, place]);
}
