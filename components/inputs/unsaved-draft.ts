import type { UnsavedDraft } from "./draft-keeper";

const keyOf = (sessionId: string) => `unsaved-draft ${sessionId}`;

/** Leaves to the next page of this tab what this one has not heard to be saved; null: nothing. */
export function leaveUnsaved(sessionId: string, unsaved: UnsavedDraft | null) {
  try {
    if (unsaved) sessionStorage.setItem(keyOf(sessionId), JSON.stringify(unsaved));
    else sessionStorage.removeItem(keyOf(sessionId));
  } catch {
    // Storage is turned off or full: what was typed in the last moment may be lost, as in any page.
  }
}

/** What the page before left, once. */
export function takeUnsaved(sessionId: string): UnsavedDraft | null {
  try {
    const text = sessionStorage.getItem(keyOf(sessionId));
    sessionStorage.removeItem(keyOf(sessionId));
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
