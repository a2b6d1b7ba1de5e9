"use client";

import { useMemo } from "react";
import { type StatusFilter, visibleTiles } from "@/components/items/status-filter";
import type { SessionStore } from "./session-store";
import { useFeed } from "./use-session-feed";
import type { RowOf } from "./use-tile-rows";

/** Ids of the tiles that a filter and a search leave, in their order. */
export function useShownOrder(
  store: SessionStore,
  { rowOf, filter, query }: { rowOf: RowOf; filter: StatusFilter; query: string },
): readonly string[] {
  const order = useFeed(store, (state) => state.tileOrder);
  const inputs = useFeed(store, (state) => state.inputs);
  return useMemo(() => {
    const nameOf = (inputId: string) => {
      const input = inputs.get(inputId);
      return input ? `${input.path}/${input.name}` : "";
    };
    return visibleTiles({ order, rowOf }, { filter, query, nameOf });
  }, [order, inputs, rowOf, filter, query]);
}
