"use client";

import { useEffect, useState } from "react";
import type { ShareRow } from "@/lib/shares/types";

/** Links of a session; null until they are here. */
export function useShares(sessionId: string) {
  const [shares, setShares] = useState<ShareRow[] | null>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    const abort = new AbortController();
    fetch(`/api/sessions/${sessionId}/shares`, { signal: abort.signal })
      .then((response) => (response.ok ? response.json() : []))
      .then((rows: ShareRow[]) => setShares(rows))
      // Links can still be made without the list of earlier ones.
      .catch(() => undefined);
    return () => abort.abort();
  }, [sessionId, round]);
  return { shares, reload: () => setRound((before) => before + 1) };
}
