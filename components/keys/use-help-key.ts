"use client";

import { useEffect, useEffectEvent } from "react";

/** Calls back for "?", outside text fields and open panels. */
export function useHelpKey(onHelp: () => void) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const inField =
      event.target instanceof Element && event.target.closest("input, textarea, select, [role=menu]");
    const inPanel = document.querySelector('[role="dialog"]') !== null;
    if (event.key !== "?" || event.ctrlKey || event.metaKey || inField || inPanel) return;
    event.preventDefault();
    onHelp();
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
