export type Point = { x: number; y: number };

/** One thing done to a mask. Lengths are in pixels of the mask. */
export type MaskOp =
  | { kind: "stroke"; erase: boolean; width: number; points: readonly Point[] }
  | { kind: "rectangle"; erase: boolean; box: Box }
  | { kind: "clear" }
  | { kind: "invert" }
  /** Takes the place of all that was there. */
  | { kind: "picture"; marks: CanvasImageSource };

export type Box = { left: number; top: number; width: number; height: number };

/**
 * What was done, oldest first, and what was taken back, newest first. A mask is drawn again from its list; `base` is
 * what was stored before, which no undo takes away.
 */
export type MaskHistory = {
  base: MaskOp | null;
  done: readonly MaskOp[];
  undone: readonly MaskOp[];
};

export const EMPTY_HISTORY: MaskHistory = { base: null, done: [], undone: [] };

/** All that is to be painted, in order. */
export function opsOf({ base, done }: MaskHistory): readonly MaskOp[] {
  return base ? [base, ...done] : done;
}

export function add(history: MaskHistory, op: MaskOp): MaskHistory {
  return { ...history, done: [...history.done, op], undone: [] };
}

export function undo(history: MaskHistory): MaskHistory {
  const last = history.done.at(-1);
  if (!last) return history;
  return { ...history, done: history.done.slice(0, -1), undone: [last, ...history.undone] };
}

export function redo(history: MaskHistory): MaskHistory {
  const [next, ...rest] = history.undone;
  if (!next) return history;
  return { ...history, done: [...history.done, next], undone: rest };
}

/** A box inside a picture, with whole pixels and at least one of them. */
export function fitBox({ left, top, width, height }: Box, picture: { width: number; height: number }): Box {
  const fitted = {
    width: clamp(Math.round(width), 1, picture.width),
    height: clamp(Math.round(height), 1, picture.height),
  };
  return {
    left: clamp(Math.round(left), 0, picture.width - fitted.width),
    top: clamp(Math.round(top), 0, picture.height - fitted.height),
    ...fitted,
  };
}

/** The box between two corners, whichever way it was drawn. */
export function boxBetween(a: Point, b: Point): Box {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}

/** Brush sizes go up and down by a tenth, at least one pixel. */
export function nextBrush(width: number, direction: 1 | -1, largest: number): number {
  const step = Math.max(1, Math.round(width / 10));
  return clamp(width + step * direction, 1, largest);
}

function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, value));
}
