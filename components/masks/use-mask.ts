"use client";

import { useMemo, useRef, useState } from "react";
import { MaskCanvas } from "./mask-canvas";
import { add, EMPTY_HISTORY, type MaskHistory, type MaskOp, opsOf, redo, undo } from "./mask-history";
import { maskSize } from "./mask-pixels";

export type Mask = ReturnType<typeof useMask>;

// What was drawn and not saved, by input, for as long as the tab lives.
const unsaved = new Map<string, MaskHistory>();

/** The mask of one picture while it is drawn: its canvas, its history, and how much of the picture is marked. */
export function useMask(inputId: string, { width, height }: { width: number; height: number }) {
  const [history, setHistory] = useState(() => unsaved.get(inputId) ?? EMPTY_HISTORY);
  const start = useRef(history);
  const canvas = useMemo(() => {
    const made = new MaskCanvas(maskSize({ width, height }));
    made.redraw(opsOf(start.current));
    return made;
  }, [width, height]);
  const [share, setShare] = useState(() => canvas.share());

  function take(next: MaskHistory) {
    setHistory(next);
    setShare(canvas.share());
  }

  function redraw(next: MaskHistory) {
    canvas.redraw(opsOf(next));
    take(next);
  }

  return {
    canvas,
    history,
    /** 0 to 1. */
    share,
    /** `painted`: the pixels show it already. */
    apply(op: MaskOp, { painted = false } = {}) {
      if (!painted) canvas.paint(op);
      take(add(history, op));
    },
    begin: (base: MaskOp) => redraw({ ...history, base }),
    undo: () => redraw(undo(history)),
    redo: () => redraw(redo(history)),
    keepForLater: () => unsaved.set(inputId, history),
    forget: () => unsaved.delete(inputId),
  };
}
