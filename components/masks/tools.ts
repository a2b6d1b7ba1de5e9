import { type Box, fitBox } from "./mask-history";

export type Tool = "brush" | "eraser" | "rectangle" | "move";

/** What the stage draws with. */
export type ToolState = {
  tool: Tool;
  /** Pixels of the mask. */
  brush: number;
  /** The rectangle that keys and fields move; pixels of the mask. */
  box: Box;
  /** One pixel of the mask is one of the page; else the whole picture fits. */
  zoomed: boolean;
};

type Size = { width: number; height: number };

/** A brush of a twelfth of the picture, a rectangle over its middle. */
export function firstTools({ width, height }: Size): ToolState {
  const box = { left: width / 4, top: height / 4, width: width / 2, height: height / 2 };
  return {
    tool: "brush",
    brush: Math.max(1, Math.round(Math.max(width, height) / 12)),
    box: fitBox(box, { width, height }),
    zoomed: false,
  };
}

export function largestBrush({ width, height }: Size): number {
  return Math.max(1, Math.round(Math.max(width, height) / 2));
}

const ARROWS = new Map<string, { x: number; y: number }>([
  ["ArrowLeft", { x: -1, y: 0 }],
  ["ArrowRight", { x: 1, y: 0 }],
  ["ArrowUp", { x: 0, y: -1 }],
  ["ArrowDown", { x: 0, y: 1 }],
]);

/** Arrows move the rectangle by a fiftieth of the picture, with Shift they size it, with Alt by single pixels. */
export function moveBox(
  box: Box,
  picture: Size,
  { key, shiftKey, altKey }: { key: string; shiftKey: boolean; altKey: boolean },
): Box | null {
  const arrow = ARROWS.get(key);
  if (!arrow) return null;
  const step = altKey ? 1 : Math.max(1, Math.round(Math.max(picture.width, picture.height) / 50));
  const by = { x: arrow.x * step, y: arrow.y * step };
  const moved = shiftKey
    ? { ...box, width: box.width + by.x, height: box.height + by.y }
    : { ...box, left: box.left + by.x, top: box.top + by.y };
  return fitBox(moved, picture);
}
