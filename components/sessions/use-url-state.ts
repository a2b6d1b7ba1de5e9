"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

/**
 * Parts of the address that this page reads and writes without asking the server. `push` makes a step one can go
 * back from; otherwise the present one is changed.
 */
export function useUrlState() {
  const params = useSearchParams();
  const set = useCallback((changes: Record<string, string | null>, { push = false } = {}) => {
    const url = new URL(window.location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "") url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    if (push) window.history.pushState(null, "", url);
    else window.history.replaceState(null, "", url);
  }, []);
  return { params, set };
}
