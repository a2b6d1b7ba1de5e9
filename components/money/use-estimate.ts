"use client";

import { useEffect, useState } from "react";
import type { EstimateAnswer } from "@/lib/sessions/wire";

export type EstimateState = {
  /** The last answer; stays while a newer one is asked for. */
  answer: EstimateAnswer | null;
  /** Words when there is none and why; null otherwise. */
  trouble: string | null;
};

const CALM_MS = 400;
const NOTHING: EstimateState = { answer: null, trouble: null };

/**
 * What the session would cost, asked for again 400 ms after `version` last changed. Null as a version: nothing to ask
 * about, or what is on the server is older than the page.
 */
export function useEstimate(sessionId: string, version: string | null): EstimateState {
  const [state, setState] = useState<EstimateState>(NOTHING);
  useEffect(() => {
    if (version === null) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const next = await ask(sessionId, abort.signal);
      if (!abort.signal.aborted) setState((before) => next ?? { ...before, trouble: AWAY });
    }, CALM_MS);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [sessionId, version]);
  return state;
}

const AWAY = "The cost is not known right now: the server can't be reached.";

/** Null when no answer came. */
async function ask(sessionId: string, signal: AbortSignal): Promise<EstimateState | null> {
  try {
    const response = await fetch(`/api/sessions/${sessionId}/estimate`, { signal });
    if (response.ok) return { answer: await response.json(), trouble: null };
    const { words }: { words?: string } = await response.json();
    return { answer: null, trouble: words ?? AWAY };
  } catch {
    return null;
  }
}
