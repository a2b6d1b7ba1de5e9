"use client";

import { useEffect, useEffectEvent } from "react";

/** Ctrl or ⌘ ↵ runs the selected step, with shift it and all it feeds. Wherever the focus is, but in a dialog. */
export function useRunKeys(onRun: (kind: "step" | "from") => void) {
  const press = useEffectEvent(onRun);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inDialog = document.querySelector('[role="dialog"]') !== null;
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.altKey || inDialog) return;
      if (event.defaultPrevented || event.isComposing) return;
      event.preventDefault();
      press(event.shiftKey ? "from" : "step");
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
