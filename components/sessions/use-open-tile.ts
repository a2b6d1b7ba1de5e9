"use client";

import { useEffect } from "react";
import type { SessionStore } from "./session-store";
import { useFeed } from "./use-session-feed";
import type { useUrlState } from "./use-url-state";

/**
 * The tile that the address has open, or null. An address from elsewhere names an item; where tiles are inputs it is
 * changed into that item's input and step.
 */
export function useOpenTile(
  store: SessionStore,
  { params, set }: ReturnType<typeof useUrlState>,
): string | null {
  const asked = params.get("item");
  const ofStep = useFeed(store, ({ chains, items }) =>
    chains && asked !== null ? items.get(asked) : undefined,
  );
  const inputId = ofStep?.inputId;
  const place = ofStep?.stepPosition;
  useEffect(() => {
    if (inputId !== undefined && place !== undefined) set({ item: inputId, step: String(place) });
  }, [inputId, place, set]);
  return inputId === undefined ? asked : null;
}
