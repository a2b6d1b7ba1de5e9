"use client";

import { useEffect, useEffectEvent } from "react";
import type { Mask } from "./use-mask";

/** Keys with Ctrl are the editor's while it is open, wherever the focus is; the page's undo does not hear them. */
export function useEditorKeys({ mask, save }: { mask: Mask; save: (() => void) | null }) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLInputElement && event.target.type === "text";
    const what = meaningOf(event);
    if (!what || (typing && what !== "save")) return;
    event.preventDefault();
    event.stopPropagation();
    if (what === "save") save?.();
    else mask[what]();
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, []);
}

function meaningOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): "save" | "undo" | "redo" | null {
  if (!ctrlKey && !metaKey) return null;
  switch (key.toLowerCase()) {
    case "enter":
      return "save";
    case "y":
      return "redo";
    case "z":
      return shiftKey ? "redo" : "undo";
    default:
      return null;
  }
}
