"use client";

import { useEffect, useState } from "react";

export type Answered<T> = { answer: T | null; failed: boolean; retry: () => void };

/** What a GET answers; asked again when its address changes. The answer before stays until the next one is here. */
export function useAnswer<T>(address: string): Answered<T> {
  const [round, setRound] = useState(0);
  const [held, setHeld] = useState<{ answer: T | null; failed: boolean }>({ answer: null, failed: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    const abort = new AbortController();
    fetch(address, { signal: abort.signal })
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error("refused"))))
      .then((answer: T) => setHeld({ answer, failed: false }))
      .catch(() => {
        if (!abort.signal.aborted) setHeld((before) => ({ ...before, failed: true }));
      });
    return () => abort.abort();
  }, [address, round]);
  return { ...held, retry: () => setRound((before) => before + 1) };
}
