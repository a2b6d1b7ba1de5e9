export type KeyLine = { keys: readonly string[]; does: string };
export type KeyGroup = { where: string; lines: readonly KeyLine[] };

const MOVES: readonly KeyLine[] = [
  { keys: ["← → ↑ ↓"], does: "Move" },
  { keys: ["Home", "End"], does: "First, last of the row" },
  { keys: ["Ctrl Home", "Ctrl End"], does: "First, last of the list" },
  { keys: ["PgUp", "PgDn"], does: "One screen up, down" },
  { keys: ["Shift ← → ↑ ↓"], does: "Select along the way" },
  { keys: ["Ctrl A"], does: "Select all shown" },
  { keys: ["Esc"], does: "Select none" },
];

/** Every key that does something, by the place where it does. */
export const KEY_GROUPS: readonly KeyGroup[] = [
  {
    where: "Everywhere",
    lines: [
      { keys: ["?"], does: "These keys" },
      { keys: ["Ctrl Z"], does: "Undo the newest removal" },
      { keys: ["Esc"], does: "Close what is open" },
    ],
  },
  {
    where: "New session",
    lines: [
      { keys: ["Ctrl ↵"], does: "Start" },
      { keys: ["Ctrl V"], does: "Paste images" },
      { keys: ["Alt ↑", "Alt ↓"], does: "Earlier prompts, in an empty prompt" },
    ],
  },
  {
    where: "Bulk Input List, on an image",
    lines: [
      ...MOVES,
      { keys: ["↵"], does: "Show large" },
      { keys: ["Space"], does: "Select" },
      { keys: ["Del"], does: "Remove" },
    ],
  },
  {
    where: "Bulk Results List, on an image",
    lines: [
      ...MOVES,
      { keys: ["↵", "E", "Space"], does: "Show large" },
      { keys: ["Shift Space"], does: "Select" },
      { keys: ["R"], does: "Retry, regenerate, or make now" },
      { keys: ["D"], does: "Download" },
      { keys: ["+", "-"], does: "Larger, smaller tiles" },
      { keys: ["[", "]"], does: "Step before, after" },
      { keys: ["/"], does: "Search" },
    ],
  },
  {
    where: "An image shown large",
    lines: [
      { keys: ["←", "→"], does: "Image before, after" },
      { keys: ["↑", "↓"], does: "Later, earlier attempt at a result" },
      { keys: ["[", "]"], does: "Step before, after" },
      { keys: ["B"], does: "Hold to see the source" },
      { keys: ["R"], does: "Retry, regenerate, or make now" },
      { keys: ["D"], does: "Download" },
    ],
  },
];
