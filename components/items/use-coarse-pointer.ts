"use client";

import { useSyncExternalStore } from "react";

const QUERY = "(pointer: coarse)";

/** Whether one works with a finger: nothing can be hidden until a pointer hovers over it. */
export function useCoarsePointer(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(QUERY);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => window.matchMedia(QUERY).matches,
    () => false,
  );
}
