import { readFromTab, writeToTab } from "@/components/layout/tab-memory";
import type { LeftDraft } from "./draft-keeper";

const keyOf = (sessionId: string) => `left-draft ${sessionId}`;

/** Leaves a draft to the next page of this tab; null: nothing. */
export function leaveDraft(sessionId: string, left: LeftDraft | null) {
  writeToTab(keyOf(sessionId), left);
}

/** What the page before left, once. */
export function takeDraft(sessionId: string): LeftDraft | null {
  const left = readFromTab<LeftDraft>(keyOf(sessionId));
  writeToTab(keyOf(sessionId), null);
  return left;
}
