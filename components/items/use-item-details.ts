"use client";

import { useEffect, useState } from "react";
import type { ItemDetails } from "@/lib/items/details";

export type DetailsState =
  | { state: "loading"; details: ItemDetails | null }
  | { state: "ready"; details: ItemDetails }
  | { state: "failed"; details: ItemDetails | null; retry: () => void };

/** Everything about one item (null: there is none); asked for again when `version` changes. What was shown stays until the answer. */
export function useItemDetails(itemId: string | null, version: string): DetailsState {
  const [round, setRound] = useState(0);
  const [held, setHeld] = useState<{ itemId: string | null; details: ItemDetails | null; failed: boolean }>({
    itemId,
    details: null,
    failed: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: version and round are what asks again
  useEffect(() => {
    if (itemId === null) return;
    const abort = new AbortController();
    fetch(`/api/items/${itemId}`, { signal: abort.signal })
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error("refused"))))
      .then((details: ItemDetails) => setHeld({ itemId, details, failed: false }))
      .catch(() => {
        if (abort.signal.aborted) return;
        setHeld((before) => ({
          itemId,
          details: before.itemId === itemId ? before.details : null,
          failed: true,
        }));
      });
    return () => abort.abort();
  }, [itemId, version, round]);
  const details = held.itemId === itemId ? held.details : null;
  if (held.itemId === itemId && held.failed) {
    return { state: "failed", details, retry: () => setRound((before) => before + 1) };
  }
  return details ? { state: "ready", details } : { state: "loading", details: null };
}
