"use client";

import { type KeyboardEvent, useState } from "react";
import { type LiveSession, useFeed, useInput, useItem } from "@/components/sessions/use-session-feed";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { InputRow } from "@/lib/inputs/wire";
import type { DetailAttempt, ItemDetails } from "@/lib/items/details";
import { groupOf } from "@/lib/items/status";
import type { ItemRow } from "@/lib/items/wire";
import { countWords } from "@/lib/words";
import { largeImage, OWN_IMAGES } from "./image-url";
import { frameWords, statusWords } from "./item-words";
import { focusTile } from "./results-grid";
import type { ItemActions } from "./use-item-actions";
import { useItemDetails } from "./use-item-details";
import { usePreference } from "./use-preference";
import { ViewerControls } from "./viewer-controls";
import { ViewerFacts } from "./viewer-facts";
import { type ViewerCommand, viewerCommand } from "./viewer-keys";
import { VIEW_MODES, ViewerStage, type ViewMode } from "./viewer-stage";

type ViewerProps = {
  live: LiveSession;
  itemId: string;
  /** Ids in the order of the sheet behind. */
  order: readonly string[];
  actions: ItemActions;
  onMove: (itemId: string) => void;
  onClose: () => void;
  onRedo: (itemId: string) => void;
  onDownload: (itemId: string) => void;
};

/** One result large beside its source, with how it was made. */
export function Viewer(props: ViewerProps) {
  const item = useItem(props.live.store, props.itemId);
  const input = useInput(props.live.store, item?.inputId ?? "");
  if (!item) return null;
  return <OpenViewer {...props} item={item} input={input} />;
}

function OpenViewer(props: ViewerProps & { item: ItemRow; input: InputRow | undefined }) {
  const { live, item, input, itemId, order, actions } = props;
  const [mode, setMode] = usePreference<ViewMode>("viewer-mode", { initial: "side", choices: VIEW_MODES });
  const [before, setBefore] = useState(false);
  const place = useFeed(live.store, (state) => state.line.get(itemId));
  const now = useFeed(live.store, (state) => state.answeredAt + state.clockOffsetMs);
  const answer = useItemDetails(itemId, `${item.status} ${item.attemptCount} ${item.imageId}`);
  const { attempt, choose } = useShownAttempt(answer.details);
  const at = order.indexOf(itemId);
  const name = input?.name ?? `Image ${item.position}`;
  const result = shownResult(item, attempt, name);
  const source = input?.imageId
    ? largeImage({ ...input, imageId: input.imageId }, { alt: `Source: ${name}` })
    : null;
  const settled = groupOf(item.status) !== "in-progress";
  const steps = neighbours(order, at, props.onMove);
  const commands: Record<ViewerCommand, (() => void) | null> = {
    previous: steps.previous,
    next: steps.next,
    newer: attempt && step(answer.details, attempt, -1, choose),
    older: attempt && step(answer.details, attempt, 1, choose),
    before: () => setBefore(true),
    download: item.imageId ? () => props.onDownload(itemId) : null,
    redo: settled ? () => props.onRedo(itemId) : null,
  };
  function onKeyDown(event: KeyboardEvent) {
    const command = viewerCommand(event);
    if (!command) return;
    event.preventDefault();
    commands[command]?.();
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        focusTile(itemId, { reveal: true });
      }}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => event.key.toLowerCase() === "b" && setBefore(false)}
      title={name}
      description={`${statusWords(item).text} · ${countWords(at + 1)} of ${countWords(order.length)}`}
      size="full"
    >
      <div className="flex h-full min-h-0 flex-col gap-4 lg:flex-row lg:gap-6">
        <div className="flex h-[68dvh] min-w-0 shrink-0 flex-col lg:h-auto lg:flex-1 lg:shrink">
          <ViewerStage
            mode={mode}
            before={before}
            source={source}
            result={result}
            words={
              frameWords(item, { now, place }) || (attempt?.error?.words ?? "This attempt has no result.")
            }
          />
          <ViewerControls
            mode={mode}
            onMode={setMode}
            before={before}
            onBefore={setBefore}
            onPrevious={commands.previous}
            onNext={commands.next}
            onDownload={commands.download}
            fullUrl={item.imageId && `${OWN_IMAGES.base}/${attempt?.image?.id ?? item.imageId}/full`}
            redo={commands.redo && { label: item.imageId ? "Regenerate…" : "Retry", onPress: commands.redo }}
          />
        </div>
        <aside aria-label="Facts" className="shrink-0 lg:w-80 lg:overflow-y-auto lg:pr-1">
          {answer.details ? (
            <ViewerFacts
              details={answer.details}
              attempt={attempt}
              onAttempt={choose}
              onUse={(attemptId) => actions.choose(itemId, attemptId)}
            />
          ) : (
            <FactsWait retry={answer.state === "failed" ? answer.retry : null} />
          )}
        </aside>
      </div>
    </Dialog>
  );
}

/** The attempt in use, or the newest, until another one is chosen to look at. */
function useShownAttempt(details: ItemDetails | null) {
  const [chosen, choose] = useState<string | null>(null);
  const attempts = details?.attempts ?? [];
  const attempt =
    attempts.find(({ id }) => id === chosen) ??
    attempts.find(({ current }) => current) ??
    attempts[0] ??
    null;
  return { attempt, choose };
}

function shownResult(item: ItemRow, attempt: DetailAttempt | null, name: string) {
  if (attempt?.image) {
    const alt = `Result for ${name}, attempt ${attempt.number}`;
    return largeImage({ ...attempt.image, imageId: attempt.image.id }, { alt });
  }
  if (attempt && !attempt.current && attempt.outcome !== "sending") return null;
  if (!item.imageId) return null;
  return largeImage({ ...item, imageId: item.imageId }, { alt: `Result for ${name}` });
}

function neighbours(order: readonly string[], at: number, onMove: (id: string) => void) {
  const previous = order[at - 1];
  const next = order[at + 1];
  return {
    previous: at > 0 && previous !== undefined ? () => onMove(previous) : null,
    next: at >= 0 && next !== undefined ? () => onMove(next) : null,
  };
}

/** Attempts are newest first. */
function step(details: ItemDetails | null, attempt: DetailAttempt, by: 1 | -1, choose: (id: string) => void) {
  const attempts = details?.attempts ?? [];
  const next = attempts[attempts.indexOf(attempt) + by];
  return next ? () => choose(next.id) : null;
}

function FactsWait({ retry }: { retry: (() => void) | null }) {
  if (!retry) {
    return (
      <div className="flex flex-col gap-3">
        <Skeleton className="h-5 w-24" />
        <Skeleton className="h-16 w-full" />
        <Skeleton className="h-32 w-full" />
      </div>
    );
  }
  return (
    <div className="flex flex-col items-start gap-2 text-dense">
      <p>The facts of this image did not load. The image itself is fine.</p>
      <Button size="small" onClick={retry}>
        Load them
      </Button>
    </div>
  );
}
