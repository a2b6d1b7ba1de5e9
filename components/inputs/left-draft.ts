import type { LeftDraft } from "./draft-keeper";

const keyOf = (sessionId: string) => `left-draft ${sessionId}`;

/** Leaves a draft to the next page of this tab; null: nothing. */
export function leaveDraft(sessionId: string, left: LeftDraft | null) {
  try {
    if (left) sessionStorage.setItem(keyOf(sessionId), JSON.stringify(left));
    else sessionStorage.removeItem(keyOf(sessionId));
  } catch {
    // Storage is turned off or full: what was typed in the last moment may be lost, as in any page.
  }
}

/** What the page before left, once. */
export function takeDraft(sessionId: string): LeftDraft | null {
  try {
    const text = sessionStorage.getItem(keyOf(sessionId));
    sessionStorage.removeItem(keyOf(sessionId));
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
