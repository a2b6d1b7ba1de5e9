"use client";

import { useMemo } from "react";
import { totalItems } from "@/lib/sessions/status";
import type { ItemCounts } from "@/lib/sessions/wire";
import { countsAt } from "./chain-rows";
import type { SessionStore } from "./session-store";
import { useFeed } from "./use-session-feed";

export type TileCounts = {
  counts: ItemCounts;
  /** Tiles for which the step has not run. */
  absent: number;
  /** All tiles. */
  total: number;
};

/** How many tiles stand where at a step (null: the only one). Null while rows of a chain are still on their way: half a sum would be wrong. */
export function useTileCounts(store: SessionStore, place: number | null): TileCounts | null {
  const ofSession = useFeed(store, (state) => state.pulse.counts);
  const chains = useFeed(store, (state) => state.chains);
  const complete = useFeed(store, (state) => state.nextPage === null);
  return useMemo(() => {
    if (!chains || place === null) return { counts: ofSession, absent: 0, total: totalItems(ofSession) };
    if (!complete) return null;
    return { ...countsAt(chains, place), total: chains.order.length };
  }, [ofSession, chains, complete, place]);
}
