import type { ChainStep } from "@/lib/steps/types";

/** What a page could not save before it was left, and on which version of the chain it stood. */
export type UnsavedChain = { chainVersion: number; steps: readonly ChainStep[] };

const keyOf = (sessionId: string) => `unsaved-chain ${sessionId}`;

/** Keeps it for the next page of this tab; null clears it. */
export function leaveChain(sessionId: string, unsaved: UnsavedChain | null) {
  try {
    if (unsaved) sessionStorage.setItem(keyOf(sessionId), JSON.stringify(unsaved));
    else sessionStorage.removeItem(keyOf(sessionId));
  } catch {
    // No storage in this browser: what was saved is on the server.
  }
}

/** Takes it away, so that it is used once. */
export function takeChain(sessionId: string): UnsavedChain | null {
  try {
    const kept = sessionStorage.getItem(keyOf(sessionId));
    sessionStorage.removeItem(keyOf(sessionId));
    return kept ? JSON.parse(kept) : null;
  } catch {
    return null;
  }
}
