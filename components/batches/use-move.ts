"use client";

import { useState } from "react";
import type { SessionStore } from "@/components/sessions/session-store";
import { isInBatch, mayGoNow } from "./economy-items";
import type { Move } from "./move-words";

/** The question before images leave the half-price lane, and with them what they wait for of the same image. */
export function useMove(store: SessionStore) {
  const [move, setMove] = useState<Move | null>(null);
  function ask(itemIds: string[]) {
    const { items } = store.get();
    const asked = itemIds.flatMap((id) => items.get(id) ?? []);
    const upTo = new Map<string, number>();
    for (const { inputId, stepPosition } of asked) {
      upTo.set(inputId, Math.max(stepPosition, upTo.get(inputId) ?? 0));
    }
    const wanted = new Set(itemIds);
    const rows = [...items.values()].filter((item) => {
      const isBefore = item.stepPosition < (upTo.get(item.inputId) ?? 0);
      return mayGoNow(item) && (isBefore || wanted.has(item.id));
    });
    // Made meanwhile.
    if (rows.length === 0) return;
    setMove({ itemIds: rows.map(({ id }) => id), inBatches: rows.filter(isInBatch).length });
  }
  return { move, ask, close: () => setMove(null) };
}
