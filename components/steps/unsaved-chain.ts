import { readFromTab, writeToTab } from "@/components/layout/tab-memory";
import type { ChainStep } from "@/lib/steps/types";

/** What a page could not save before it was left, and on which version of the chain it stood. */
export type UnsavedChain = { chainVersion: number; steps: readonly ChainStep[] };

const keyOf = (sessionId: string) => `unsaved-chain ${sessionId}`;

/** Keeps it for the next page of this tab; null clears it. */
export function leaveChain(sessionId: string, unsaved: UnsavedChain | null) {
  writeToTab(keyOf(sessionId), unsaved);
}

/** Takes it away, so that it is used once. */
export function takeChain(sessionId: string): UnsavedChain | null {
  const kept = readFromTab<UnsavedChain>(keyOf(sessionId));
  writeToTab(keyOf(sessionId), null);
  return kept;
}
