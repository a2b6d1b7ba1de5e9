/** What a key does in the viewer (UX.md 2.6). */
export type ViewerCommand =
  | "previous"
  | "next"
  | "newer"
  | "older"
  | "step-back"
  | "step-on"
  | "before"
  | "download"
  | "redo";

const COMMANDS: Record<string, ViewerCommand> = {
  ArrowLeft: "previous",
  ArrowRight: "next",
  ArrowUp: "newer",
  ArrowDown: "older",
  "[": "step-back",
  "]": "step-on",
  b: "before",
  d: "download",
  r: "redo",
};

/** Null for keys that belong to the browser or to whatever has the focus. */
export function viewerCommand(event: {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  target: EventTarget;
}): ViewerCommand | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const { target } = event;
  // Arrows move inside a group of choices, and letters go into fields.
  if (target instanceof HTMLElement && target.closest("input, textarea, select, [role=group] button"))
    return null;
  return COMMANDS[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
}
