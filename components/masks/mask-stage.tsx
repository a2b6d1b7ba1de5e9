"use client";

import { type KeyboardEvent, useEffect, useEffectEvent, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { drawView } from "./draw-view";
import { nextBrush, type Point } from "./mask-history";
import { largestBrush, moveBox, type ToolState } from "./tools";
import { useDrawing } from "./use-drawing";
import type { Mask } from "./use-mask";
import { useRoom } from "./use-room";

type MaskStageProps = {
  mask: Mask;
  tools: ToolState;
  onTools: (change: Partial<ToolState>) => void;
  picture: { src: string; alt: string };
};

/** A canvas grows to this side at most: a dense screen needs no more, and phones refuse more. */
const LONGEST_VIEW = 4_096;

/** The picture with the marks over it, for mouse, pen, finger and keys. */
export function MaskStage({ mask, tools, onTools, picture }: MaskStageProps) {
  const viewport = useRef<HTMLDivElement>(null);
  const room = useRoom(viewport);
  const view = useRef<HTMLCanvasElement>(null);
  const pointer = useRef<Point | null>(null);
  const { size } = mask.canvas;
  const shown = tools.zoomed || !room ? size : fitInto(size, room);

  const draw = useEffectEvent(() => {
    const canvas = view.current;
    if (!canvas) return;
    const brush = tools.tool === "brush" || tools.tool === "eraser";
    const at = pointer.current;
    drawView(canvas, {
      scale: canvas.width / size.width,
      marks: mask.canvas.element,
      brush: brush && at ? { at, width: tools.brush } : null,
      box: tools.tool === "rectangle" ? tools.box : null,
    });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: all that changes what is drawn
  useEffect(() => draw(), [tools, mask.history, shown.width, shown.height]);

  const drawing = useDrawing({
    mask,
    tools,
    onTools,
    onView(at) {
      pointer.current = at;
      draw();
    },
  });
  const dense = Math.min(
    globalThis.devicePixelRatio || 1,
    LONGEST_VIEW / Math.max(shown.width, shown.height),
  );

  return (
    <div
      ref={viewport}
      className={cn(
        // A large picture must not stretch what is around it.
        "relative flex min-h-0 flex-1 border border-line bg-canvas contain-size",
        tools.zoomed ? "overflow-auto" : "overflow-hidden",
      )}
    >
      <div
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: one draws in it by keys too
        tabIndex={0}
        data-autofocus
        aria-label="Mask over the image"
        aria-describedby="mask-keys"
        {...drawing}
        onKeyDown={(event) => {
          if (handleKey(event, { mask, tools, onTools })) event.preventDefault();
        }}
        className={cn(
          "relative m-auto shrink-0 -outline-offset-2",
          tools.tool === "move" ? "cursor-grab" : "cursor-crosshair touch-none",
        )}
        style={shown}
      >
        <img src={picture.src} alt={picture.alt} draggable={false} className="absolute inset-0 size-full" />
        <canvas
          ref={view}
          width={Math.round(shown.width * dense)}
          height={Math.round(shown.height * dense)}
          className="absolute inset-0 size-full"
          aria-hidden
        />
      </div>
    </div>
  );
}

/** Whether the key meant something here. Keys with Ctrl are the dialog's. */
function handleKey(event: KeyboardEvent, { mask, tools, onTools }: Omit<MaskStageProps, "picture">): boolean {
  const { size } = mask.canvas;
  if (event.ctrlKey || event.metaKey) return false;
  const box = tools.tool === "rectangle" ? moveBox(tools.box, size, event) : null;
  if (box) {
    onTools({ box });
    return true;
  }
  switch (event.key) {
    case "[":
    case "-":
      onTools({ brush: nextBrush(tools.brush, -1, largestBrush(size)) });
      return true;
    case "]":
    case "+":
      onTools({ brush: nextBrush(tools.brush, 1, largestBrush(size)) });
      return true;
    case "Enter":
    case "Delete":
    case "Backspace":
      if (tools.tool !== "rectangle") return false;
      mask.apply({ kind: "rectangle", erase: event.key !== "Enter", box: tools.box });
      return true;
    default:
      return chooseTool(event.key.toLowerCase(), onTools);
  }
}

function chooseTool(key: string, onTools: MaskStageProps["onTools"]): boolean {
  const tool = ({ b: "brush", e: "eraser", r: "rectangle", h: "move" } as const)[key] ?? null;
  if (tool) onTools({ tool });
  return tool !== null;
}

function fitInto(size: { width: number; height: number }, room: { width: number; height: number }) {
  const scale = Math.min((room.width - 2) / size.width, (room.height - 2) / size.height);
  return { width: Math.max(1, size.width * scale), height: Math.max(1, size.height * scale) };
}
