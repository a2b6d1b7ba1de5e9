"use client";

import { useMemo } from "react";
import type { SessionStore } from "@/components/sessions/session-store";
import { useFeed } from "@/components/sessions/use-session-feed";
import { type EconomyItems, economyItems } from "./economy-items";

/** Where the images of a session's half-price lane are, as far as its rows are loaded. */
export function useEconomy(store: SessionStore): EconomyItems {
  const items = useFeed(store, (state) => state.items);
  return useMemo(() => economyItems(items.values()), [items]);
}
