"use client";

import type { DragEvent } from "react";
import { isInBatch } from "@/components/batches/economy-items";
import { tileImage } from "@/components/items/image-url";
import { edgeWords, frameWords } from "@/components/items/item-words";
import type { SessionStore } from "@/components/sessions/session-store";
import { useHydrated, useServerNow } from "@/components/sessions/use-clock";
import { useFeed } from "@/components/sessions/use-session-feed";
import { cn } from "@/components/ui/cn";
import { Frame } from "@/components/ui/frame";
import { Pill } from "@/components/ui/pill";
import type { ItemRow } from "@/lib/items/wire";
import { type ChainFrame, frameName } from "./chain-frames";
import { ChainLine } from "./chain-line";
import type { ChainLine as Line } from "./chain-lines";
import { FrameShell } from "./frame-shell";

type StepFrameProps = {
  frame: ChainFrame;
  count: number;
  lines: readonly Line[];
  selected: boolean;
  /** Null before there is a session: nothing runs then. */
  store: SessionStore | null;
  onPress: () => void;
  drag: { onStart: () => void; onOver: (event: DragEvent) => void; onDrop: () => void; isTarget: boolean };
};

/** A step of the chain: number and title, its picture, where it stands, and what goes in. */
export function StepFrame({ frame, count, lines, selected, store, onPress, drag }: StepFrameProps) {
  const { place, title, item, pill, input, step, outOfDate } = frame;
  const running = item?.status === "running" && !isInBatch(item) && step.enabled;
  return (
    <FrameShell
      draggable
      onDragStart={drag.onStart}
      onDragOver={drag.onOver}
      onDrop={drag.onDrop}
      className={cn(drag.isTarget && "sm:border-l-2 sm:border-accent max-sm:border-accent max-sm:border-t-2")}
      button={{
        "data-step": step.id,
        "data-tile": item?.id,
        "aria-label": frameName(frame, count),
        title: selected && item?.imageId ? "Open large" : undefined,
      }}
      selected={selected}
      onPress={onPress}
      lines={lines.map((line) => <ChainLine key={`${line.from}-${line.kind}`} line={line} />)}
      head={
        <>
          <b className="font-semibold">{place}</b> {title}
        </>
      }
      picture={
        <span className={cn("block", !step.enabled && "opacity-45")}>
          <Frame
            image={
              item?.imageId ? tileImage({ ...item, imageId: item.imageId }, { alt: "", shownAt: 200 }) : null
            }
            className={cn("bg-canvas", outOfDate && "border-2 border-warn border-dashed")}
          >
            {item && store && step.enabled && (
              <FrameText item={item} waitsFor={frame.waitsFor} store={store} />
            )}
          </Frame>
          {running && (
            <span aria-hidden className="absolute inset-x-0 bottom-0 block h-0.5 overflow-hidden">
              <span className="block h-full w-1/4 animate-scan bg-run" />
            </span>
          )}
        </span>
      }
      foot={
        <>
          <span className="flex min-w-0 flex-wrap items-center gap-x-2">
            <Pill tone={pill.tone} icon={pill.icon} turning={pill.turning ?? false}>
              {pill.text}
            </Pill>
            <span className="edge-print">{item && step.enabled && edgeWords(item)}</span>
          </span>
          <span className="edge-print line-clamp-2 text-ink-2" title={input}>
            {input}
          </span>
        </>
      }
    />
  );
}

type FrameTextProps = { item: ItemRow; waitsFor: number | null; store: SessionStore };

function FrameText({ item, waitsFor, store }: FrameTextProps) {
  const now = useServerNow(store, item.status === "running" || item.status === "waiting");
  const zoned = useHydrated();
  const place = useFeed(store, (feed) => feed.line.get(item.id));
  return (
    <span className="line-clamp-4 text-balance max-sm:text-pill">
      {waitsFor === null ? frameWords(item, { now, place, zoned }) : `Waits for step ${waitsFor}`}
    </span>
  );
}
