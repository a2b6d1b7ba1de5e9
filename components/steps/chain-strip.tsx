"use client";

import { Plus } from "lucide-react";
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { SessionStore } from "@/components/sessions/session-store";
import { cn } from "@/components/ui/cn";
import { MAX_STEPS } from "@/lib/steps/constants";
import type { ChainFrame } from "./chain-frames";
import { LANE } from "./chain-line";
import { chainLines, lanesOf } from "./chain-lines";
import { isNarrow } from "./is-narrow";
import { StepFrame } from "./step-frame";
import type { ChainEdits } from "./use-chain-edits";

/** What a step's id is for the original. */
export const ORIGINAL_ID = "original";

type ChainStripProps = {
  frames: readonly ChainFrame[];
  original: React.ReactNode;
  selectedId: string;
  store: SessionStore | null;
  edits: ChainEdits;
  onSelect: (id: string) => void;
  /** Shows what a step made, large. */
  onOpen: (id: string) => void;
  onAdd: () => void;
};

/** The chain as it is wired: the original and each step, with lines from what goes in. */
export function ChainStrip(props: ChainStripProps) {
  const { frames, original, selectedId, store, edits, onSelect, onOpen, onAdd } = props;
  const [dragged, setDragged] = useState<{ from: number; over: number } | null>(null);
  const lines = chainLines(frames.map(({ step }) => step));
  const count = frames.length;
  const isFull = count >= MAX_STEPS;
  const onKeyDown = useChainKeys(props);
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Where they don't all fit beside each other, the selected one is in sight.
    const { scrollWidth = 0, clientWidth = 0 } = strip.current ?? {};
    if (scrollWidth > clientWidth)
      frameElement(selectedId)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [selectedId]);
  // On a phone the step's panel is out of sight below; a press goes there.
  const press = (id: string) => (id === selectedId && !isNarrow() ? onOpen(id) : onSelect(id));
  return (
    <div ref={strip} className="@container sm:overflow-x-auto sm:px-1.5">
      <ol
        aria-label="Chain"
        onKeyDown={onKeyDown}
        onDragEnd={() => setDragged(null)}
        className="flex flex-col gap-(--gap) py-3 [--gap:24px] [--row:84px] max-sm:pl-[calc(14px+var(--lanes))] sm:flex-row sm:pt-[calc(10px+var(--lanes))] sm:[--gap:var(--wide-gap)]"
        style={sizes(count, lanesOf(lines))}
      >
        {original}
        {frames.map((frame) => (
          <StepFrame
            key={frame.step.id}
            frame={frame}
            count={count}
            lines={lines.filter(({ to }) => to === frame.place)}
            selected={frame.step.id === selectedId}
            store={store}
            onPress={() => press(frame.step.id)}
            drag={{
              isTarget: dragged?.over === frame.place && dragged.from !== frame.place,
              onStart: () => setDragged({ from: frame.place, over: frame.place }),
              onOver(event) {
                if (!dragged) return;
                event.preventDefault();
                if (dragged.over !== frame.place) setDragged({ ...dragged, over: frame.place });
              },
              onDrop() {
                if (dragged) edits.move(dragged.from, frame.place);
                setDragged(null);
              },
            }}
          />
        ))}
        <li className="flex shrink-0 flex-col gap-1 sm:pt-6">
          <button
            type="button"
            disabled={isFull}
            onClick={onAdd}
            aria-describedby="chain-room"
            className={cn(
              "touch-target flex items-center justify-center gap-1.5 rounded-control border border-line-strong border-dashed px-4 text-dense max-sm:min-h-11 sm:h-(--tall)",
              isFull ? "border-line text-ink-3" : "bg-surface text-ink-2 hover:border-ink-3 hover:text-ink",
            )}
          >
            <Plus className="size-4" aria-hidden />
            Add step
          </button>
          <span id="chain-room" className="edge-print text-center">
            {isFull ? `${count} of ${MAX_STEPS} steps` : `${count} of ${MAX_STEPS}`}
          </span>
        </li>
      </ol>
    </div>
  );
}

/** From so many steps on their frames stand closer. */
const MANY = 6;

/** Frames share the width; seven still fit beside each other on a usual screen. */
function sizes(count: number, lanes: number): CSSProperties {
  const gap = count >= MANY ? 24 : 32;
  const frame = `clamp(104px, calc((100cqw - 130px - ${count + 1} * ${gap}px) / ${count + 1}), 208px)`;
  const all: Record<`--${string}`, string> = {
    "--lanes": `${lanes * LANE}px`,
    "--wide-gap": `${gap}px`,
    "--frame": frame,
    "--tall": `calc(${frame} * 0.75)`,
    "--middle": `calc(24px + ${frame} * 0.375)`,
  };
  return all;
}

/** Arrows go along the chain, with shift they take the step along; Delete removes it; the picture opens. */
function useChainKeys({ frames, selectedId, edits, onSelect, onOpen }: ChainStripProps) {
  return (event: KeyboardEvent<HTMLElement>) => {
    const { target } = event;
    if (!(target instanceof HTMLElement) || !target.dataset.step) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const place = frames.findIndex(({ step }) => step.id === selectedId) + 1;
    const by = STEPS[event.key];
    if (by !== undefined) {
      event.preventDefault();
      if (!event.shiftKey) goTo(idAt(frames, place + by), onSelect);
      else if (place > 0) edits.move(place, place + by);
      return;
    }
    const key = event.key.toLowerCase();
    if (key === "home" || key === "end") goTo(idAt(frames, key === "home" ? 0 : frames.length), onSelect);
    else if (key === "delete" && place > 0) {
      edits.remove(place);
      goTo(idAt(frames, place - 1), onSelect);
    } else if (key === "enter" || key === " " || key === "e") onOpen(selectedId);
    else return;
    event.preventDefault();
  };
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

function idAt(frames: readonly ChainFrame[], place: number): string | null {
  if (place === 0) return ORIGINAL_ID;
  return frames[place - 1]?.step.id ?? null;
}

function goTo(id: string | null, onSelect: (id: string) => void) {
  if (id === null) return;
  onSelect(id);
  focusFrame(id);
}

/** Puts the focus on a frame of the chain. */
export function focusFrame(id: string) {
  const frame = frameElement(id);
  frame?.focus({ preventScroll: true });
  frame?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function frameElement(id: string): HTMLElement | null {
  return document.querySelector(`[data-step="${CSS.escape(id)}"]`);
}
