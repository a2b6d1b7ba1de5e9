"use client";

import { type KeyboardEvent, useState } from "react";
import { mayGoNow } from "@/components/batches/economy-items";
import type { SheetRow } from "@/components/sessions/chain-rows";
import { type LiveSession, useFeed, useInput, useTile } from "@/components/sessions/use-session-feed";
import { ONE_STEP, type ShownStep } from "@/components/sessions/use-shown-step";
import { Dialog } from "@/components/ui/dialog";
import type { InputRow } from "@/lib/inputs/wire";
import type { DetailAttempt, ItemDetails } from "@/lib/items/details";
import { groupOf } from "@/lib/items/status";
import { ORIGINAL } from "@/lib/steps/constants";
import { wireChain } from "@/lib/steps/wire-chain";
import { countWords } from "@/lib/words";
import { OWN_IMAGES } from "./image-url";
import { frameWords, redoLabel, statusWords } from "./item-words";
import { RedoIcon } from "./redo-icon";
import { focusTile } from "./results-grid";
import type { ItemActions } from "./use-item-actions";
import { useItemDetails } from "./use-item-details";
import { usePreference } from "./use-preference";
import { ViewerAside } from "./viewer-aside";
import { ViewerControls } from "./viewer-controls";
import { type ViewerCommand, viewerCommand } from "./viewer-keys";
import { originalPictures, viewerPictures } from "./viewer-pictures";
import { VIEW_MODES, ViewerStage, type ViewMode } from "./viewer-stage";
import { ViewerStrip } from "./viewer-strip";

type ViewerProps = {
  live: LiveSession;
  /** Of an item; of an input where `step` says which of its results is shown. */
  itemId: string;
  step?: ShownStep;
  /** Ids in the order of the sheet behind. */
  order: readonly string[];
  actions: ItemActions;
  onMove: (itemId: string) => void;
  onClose: () => void;
  onRedo: (itemId: string) => void;
  onDownload: (itemId: string) => void;
};

/** One result large beside what it was made from, with how it was made. */
export function Viewer({ step = ONE_STEP, ...props }: ViewerProps) {
  const item = useTile(props.live.store, props.itemId, step.place);
  const input = useInput(props.live.store, item?.inputId ?? "");
  if (!item) return null;
  return <OpenViewer {...props} step={step} item={item} input={input} />;
}

type Shown = ViewerProps & { step: ShownStep; item: SheetRow };

function OpenViewer(props: Shown & { input: InputRow | undefined }) {
  const { live, item, input, itemId, step, order, actions } = props;
  const [mode, setMode] = usePreference<ViewMode>("viewer-mode", { initial: "side", choices: VIEW_MODES });
  const [before, setBefore] = useState(false);
  const place = useFeed(live.store, (state) => state.line.get(item.chain?.behind?.itemId ?? item.id));
  const now = useFeed(live.store, (state) => state.answeredAt + state.clockOffsetMs);
  const rows = useFeed(live.store, (state) => state.chains?.byInput.get(item.inputId)?.rows);
  const steps = useFeed(live.store, (state) => state.chain.steps);
  const absent = item.chain?.absent === true;
  const answer = useItemDetails(
    absent ? null : item.id,
    `${item.status} ${item.attemptCount} ${item.imageId} ${item.stale}`,
  );
  const { attempt, choose } = useShownAttempt(answer.details);
  const at = order.indexOf(itemId);
  const name = input?.name ?? `Image ${item.position}`;
  const [fedBy = ORIGINAL] = wireChain(steps)[item.stepPosition - 1] ?? [];
  const { source, result, labels } = step.original
    ? originalPictures({ input, name })
    : viewerPictures({ item, attempt, input, name, rows, fedBy });
  const words = frameWords(item, { now, place }) || (attempt?.error?.words ?? "This attempt has no result.");
  const commands = commandsOf({ ...props, details: answer.details, attempt, choose, setBefore });
  const fullId = step.original ? input?.imageId : item.imageId && (attempt?.image?.id ?? item.imageId);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        focusTile(itemId, { reveal: true });
      }}
      onKeyDown={(event) => runCommand(event, commands)}
      onKeyUp={(event) => event.key.toLowerCase() === "b" && setBefore(false)}
      title={name}
      description={`${whereWords(item, step)} · ${countWords(at + 1)} of ${countWords(order.length)}`}
      size="full"
    >
      <div className="flex h-full min-h-0 flex-col gap-4 lg:flex-row lg:gap-6">
        <div className="flex h-[68dvh] min-w-0 shrink-0 flex-col lg:h-auto lg:flex-1 lg:shrink">
          <ViewerStage
            mode={step.original ? "result" : mode}
            before={before}
            source={source}
            result={result}
            words={words}
            labels={labels}
          />
          {rows && step.place !== null && <ViewerStrip step={step} input={input} rows={rows} />}
          <ViewerControls
            mode={step.original ? null : mode}
            onMode={setMode}
            before={before}
            onBefore={setBefore}
            onPrevious={commands.previous}
            onNext={commands.next}
            onDownload={commands.download}
            fullUrl={fullId ? `${OWN_IMAGES.base}/${fullId}/full` : null}
            redo={
              commands.redo && {
                label: redoLabel(item),
                icon: <RedoIcon item={item} />,
                onPress: commands.redo,
              }
            }
            onRunFrom={
              step.place !== null && commands.redo && !mayGoNow(item)
                ? () => void actions.runPlace(item.stepPosition, [item.inputId], "from")
                : undefined
            }
          />
        </div>
        <ViewerAside
          item={item}
          answer={answer}
          attempt={attempt}
          onAttempt={choose}
          actions={actions}
          original={step.original}
        />
      </div>
    </Dialog>
  );
}

/** "Completed", "Step 2 of 3: out of date", "Original" */
function whereWords(item: SheetRow, { original }: ShownStep): string {
  if (original) return "Original";
  const { text, detail } = statusWords(item);
  if (!item.chain) return text;
  const state = detail ? `${text.toLowerCase()} ${detail.toLowerCase()}` : text.toLowerCase();
  return `Step ${item.stepPosition} of ${item.chain.of}, ${state}`;
}

type CommandsGiven = Shown & {
  details: ItemDetails | null;
  attempt: DetailAttempt | null;
  choose: (attemptId: string) => void;
  setBefore: (before: boolean) => void;
};

type Commands = Record<ViewerCommand, (() => void) | null>;

function commandsOf(given: CommandsGiven): Commands {
  const { item, itemId, step, order, details, attempt, choose } = given;
  const redoes = groupOf(item.status) !== "in-progress" || mayGoNow(item);
  // The original is only looked at.
  const acts = !step.original;
  return {
    ...neighbours(order, order.indexOf(itemId), given.onMove),
    newer: acts && attempt ? otherAttempt(details, attempt, -1, choose) : null,
    older: acts && attempt ? otherAttempt(details, attempt, 1, choose) : null,
    "step-back": step.place === null ? null : () => step.move(-1),
    "step-on": step.place === null ? null : () => step.move(1),
    before: () => given.setBefore(true),
    download: acts && item.imageId ? () => given.onDownload(itemId) : null,
    redo: acts && redoes ? () => given.onRedo(itemId) : null,
  };
}

function runCommand(event: KeyboardEvent, commands: Commands) {
  const command = viewerCommand(event);
  if (!command) return;
  event.preventDefault();
  commands[command]?.();
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

function neighbours(order: readonly string[], at: number, onMove: (id: string) => void) {
  const previous = order[at - 1];
  const next = order[at + 1];
  return {
    previous: at > 0 && previous !== undefined ? () => onMove(previous) : null,
    next: at >= 0 && next !== undefined ? () => onMove(next) : null,
  };
}

/** Attempts are newest first. */
function otherAttempt(
  details: ItemDetails | null,
  attempt: DetailAttempt,
  by: 1 | -1,
  choose: (id: string) => void,
) {
  const attempts = details?.attempts ?? [];
  const next = attempts[attempts.indexOf(attempt) + by];
  return next ? () => choose(next.id) : null;
}
