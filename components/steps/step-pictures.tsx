"use client";

import { Maximize2 } from "lucide-react";
import { largeImage } from "@/components/items/image-url";
import { frameWords } from "@/components/items/item-words";
import { useItemDetails } from "@/components/items/use-item-details";
import type { SessionStore } from "@/components/sessions/session-store";
import { useHydrated, useServerNow } from "@/components/sessions/use-clock";
import { useFeed } from "@/components/sessions/use-session-feed";
import { cn } from "@/components/ui/cn";
import { Frame, type FrameImage } from "@/components/ui/frame";
import type { DetailAttempt } from "@/lib/items/details";
import type { ItemRow } from "@/lib/items/wire";
import { AttemptSteps, useShownAttempt } from "./attempt-steps";
import type { ChainFrame } from "./chain-frames";
import { placeName } from "./step-words";

type StepPicturesProps = {
  frame: ChainFrame;
  store: SessionStore;
  /** What would go in now. */
  input: FrameImage | null;
  onOpen: () => void;
  onUse: (itemId: string, attemptId: string) => void;
};

/** What goes into a step beside what came out, attempt by attempt. */
export function StepPictures({ frame, store, input, onOpen, onUse }: StepPicturesProps) {
  if (!frame.item) {
    return (
      <Pair
        input={input}
        inputLabel={placeName(frame.fedBy[0] ?? 0)}
        result={null}
        resultLabel={`Step ${frame.place}`}
        words="Not run yet"
      />
    );
  }
  return (
    <MadePictures frame={frame} item={frame.item} store={store} input={input} onOpen={onOpen} onUse={onUse} />
  );
}

function MadePictures({ frame, item, store, input, onOpen, onUse }: StepPicturesProps & { item: ItemRow }) {
  const { details } = useItemDetails(
    item.id,
    `${item.status} ${item.attemptCount} ${item.imageId} ${item.stale}`,
  );
  const { attempt, choose } = useShownAttempt(details?.attempts ?? []);
  const now = useServerNow(store, item.status === "running" || item.status === "waiting");
  const zoned = useHydrated();
  const place = useFeed(store, (feed) => feed.line.get(item.id));
  const fed = attempt?.image ? attempt.madeFrom[0] : undefined;
  const went = fed?.image ? largeImage({ ...fed.image, imageId: fed.image.id }, { alt: "" }) : null;
  const fedPlace = fed ? fed.step : frame.fedBy[0];
  const fedAttempt = fed?.attempt && fed.attempt > 1 ? `, attempt ${fed.attempt}` : "";
  return (
    <div className="flex flex-col gap-3">
      <Pair
        input={went ?? input}
        inputLabel={`${fedPlace == null ? "A step taken out" : placeName(fedPlace)}${fedAttempt}`}
        result={resultOf(item, attempt)}
        resultLabel={`Step ${frame.place}${attempt && item.attemptCount > 1 ? `, attempt ${attempt.number}` : ""}`}
        words={
          (frame.waitsFor === null
            ? frameWords(item, { now, place, zoned })
            : `Waits for step ${frame.waitsFor}`) ||
          (attempt?.error?.words ?? "This attempt has no result.")
        }
        outOfDate={frame.outOfDate && (attempt?.current ?? true)}
        onOpen={item.imageId ? onOpen : undefined}
      />
      {frame.outOfDate && (
        <p className="text-dense text-warn">
          Out of date: its prompt, settings or input changed after it was made. It is kept until the step runs
          again.
        </p>
      )}
      <AttemptSteps
        attempts={details?.attempts ?? []}
        attempt={attempt}
        onChoose={choose}
        onUse={(attemptId) => onUse(item.id, attemptId)}
      />
      {item.notes.map((note) => (
        <p key={note} className="rounded-control bg-warn-bg px-3 py-2 text-dense text-warn">
          {note}
        </p>
      ))}
    </div>
  );
}

function resultOf(item: ItemRow, attempt: DetailAttempt | null): FrameImage | null {
  if (attempt?.image) return largeImage({ ...attempt.image, imageId: attempt.image.id }, { alt: "" });
  if (attempt && !attempt.current && attempt.outcome !== "sending") return null;
  return item.imageId ? largeImage({ ...item, imageId: item.imageId }, { alt: "" }) : null;
}

type PairProps = {
  input: FrameImage | null;
  inputLabel: string;
  result: FrameImage | null;
  resultLabel: string;
  /** Instead of a result. */
  words: string;
  outOfDate?: boolean;
  onOpen?: () => void;
};

function Pair({ input, inputLabel, result, resultLabel, words, outOfDate = false, onOpen }: PairProps) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <figure className="flex min-w-0 flex-col gap-1">
        <figcaption className="edge-print truncate text-ink-2">{`Input: ${inputLabel}`}</figcaption>
        <Frame image={input && { ...input, alt: `Input of this step: ${inputLabel}` }} className="bg-canvas">
          No picture yet
        </Frame>
      </figure>
      <figure className="relative flex min-w-0 flex-col gap-1">
        <figcaption className="edge-print flex items-center gap-1 text-ink-2">
          <span className="truncate">{resultLabel}</span>
          {result && onOpen && <Maximize2 className="size-3" aria-hidden />}
        </figcaption>
        <Frame
          image={result && { ...result, alt: `Result of ${resultLabel}` }}
          className={cn("bg-canvas", outOfDate && "border-2 border-warn border-dashed")}
        >
          {words}
        </Frame>
        {result && onOpen && (
          <button
            type="button"
            aria-label={`Open the result of ${resultLabel} large`}
            onClick={onOpen}
            className="absolute inset-0 cursor-zoom-in rounded-pill"
          />
        )}
      </figure>
    </div>
  );
}
