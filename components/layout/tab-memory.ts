/** What an earlier page of this tab wrote down; null if there is nothing. */
export function readFromTab<T>(key: string): T | null {
  try {
    const kept = sessionStorage.getItem(key);
    return kept === null ? null : JSON.parse(kept);
  } catch {
    return null;
  }
}

/** Writes down, as JSON, for the next pages of this tab; null forgets. */
export function writeToTab(key: string, value: unknown): void {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is turned off or full: what was not saved yet lives as long as the page.
  }
}
