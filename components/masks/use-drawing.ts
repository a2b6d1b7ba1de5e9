"use client";

import { type PointerEvent, useRef } from "react";
import { boxBetween, fitBox, type Point } from "./mask-history";
import type { ToolState } from "./tools";
import type { Mask } from "./use-mask";

type Drawing = { pointerId: number; points: Point[] };

/**
 * Pointer events of the stage: a stroke shows while it is drawn, a rectangle grows with the pointer; both become one
 * step of the history when the pointer leaves. One pointer at a time: a second finger draws nothing.
 */
export function useDrawing({
  mask,
  tools,
  onTools,
  onView,
}: {
  mask: Mask;
  tools: ToolState;
  onTools: (change: Partial<ToolState>) => void;
  /** Something to show changed; where the pointer is, or null when it left. */
  onView: (at: Point | null) => void;
}) {
  const drawing = useRef<Drawing | null>(null);
  const { size } = mask.canvas;
  const erase = tools.tool === "eraser";

  function extend(points: Point[], event: PointerEvent) {
    const from = points.length - 1;
    const between = event.nativeEvent.getCoalescedEvents?.() ?? [];
    for (const one of [...between, event]) points.push(pointOf(event, one, size));
    const fresh = points.slice(Math.max(0, from));
    mask.canvas.paint({ kind: "stroke", erase, width: tools.brush, points: fresh });
  }

  function end(event: PointerEvent, { keep }: { keep: boolean }) {
    const ended = drawing.current;
    if (ended?.pointerId !== event.pointerId) return;
    drawing.current = null;
    if (tools.tool !== "rectangle") {
      mask.apply({ kind: "stroke", erase, width: tools.brush, points: ended.points }, { painted: true });
    } else if (keep && tools.box.width > 1 && tools.box.height > 1) {
      mask.apply({ kind: "rectangle", erase: false, box: tools.box });
    }
  }

  return {
    onPointerDown(event: PointerEvent) {
      const other = event.pointerType === "mouse" && event.button !== 0;
      if (tools.tool === "move" || other || drawing.current) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const at = pointOf(event, event, size);
      drawing.current = { pointerId: event.pointerId, points: [at] };
      if (tools.tool !== "rectangle") {
        mask.canvas.paint({ kind: "stroke", erase, width: tools.brush, points: [at] });
      }
      onView(at);
    },
    onPointerMove(event: PointerEvent) {
      const at = pointOf(event, event, size);
      const now = drawing.current;
      if (now?.pointerId === event.pointerId) {
        const [from] = now.points;
        if (tools.tool !== "rectangle") extend(now.points, event);
        else if (from) onTools({ box: fitBox(boxBetween(from, at), size) });
      }
      onView(at);
    },
    onPointerUp: (event: PointerEvent) => end(event, { keep: true }),
    onPointerCancel: (event: PointerEvent) => end(event, { keep: false }),
    onPointerLeave: () => onView(null),
  };
}

function pointOf(
  { currentTarget }: PointerEvent,
  { clientX, clientY }: { clientX: number; clientY: number },
  size: { width: number; height: number },
): Point {
  const rect = currentTarget.getBoundingClientRect();
  return {
    x: ((clientX - rect.left) / rect.width) * size.width,
    y: ((clientY - rect.top) / rect.height) * size.height,
  };
}
