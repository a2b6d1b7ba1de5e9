"use client";

import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { PageDrop } from "@/components/inputs/page-drop";
import { StopField } from "@/components/money/stop-field";
import { ProgressStatus } from "@/components/sessions/progress-status";
import { useFeed } from "@/components/sessions/use-session-feed";
import { useUrlState } from "@/components/sessions/use-url-state";
import type { PricedChoice } from "@/lib/models/price-choices";
import type { SessionView } from "@/lib/sessions/wire";
import type { ChainRun } from "@/lib/steps/types";
import { arrivedAt, forgetArrival } from "./arrival";
import { ChainStrip, ORIGINAL_ID } from "./chain-strip";
import { LargePictures } from "./large-pictures";
import { OriginalFrame } from "./original-frame";
import { ChainSettings, OriginalPanel } from "./original-panel";
import { RunAll } from "./run-all";
import { RunButtons } from "./run-buttons";
import { SerialHeader } from "./serial-header";
import { SerialLayout } from "./serial-layout";
import { SerialNotices } from "./serial-notices";
import { StepEditor } from "./step-editor";
import { StepPictures } from "./step-pictures";
import { countOfSteps } from "./step-words";
import { useRunKeys } from "./use-run-keys";
import { type Serial, useSerial } from "./use-serial";
import { type StepSelection, useFocusOnArrival, useStepSelection } from "./use-step-selection";

type SerialScreenProps = { view: SessionView; choices: readonly PricedChoice[] };

/** One image and its chain of steps, before it runs and after. */
export function SerialScreen({ view, choices }: SerialScreenProps) {
  const serial = useSerial(view, choices);
  const { live, keeper, chain, frames, edits, original, runs } = serial;
  const router = useRouter();
  const url = useUrlState();
  const [arrived] = useState(() => arrivedAt(view.id));
  const selection = useStepSelection(frames, () => arrived);
  useFocusOnArrival(arrived, forgetArrival);
  const running = useFeed(live.store, (feed) => feed.pulse.state === "running");
  const asked = useAskedRun(serial, selection);
  useRunKeys(asked.run);

  function open(id: string) {
    const itemId = id === ORIGINAL_ID ? original.row?.imageId && id : frameOf(serial, id)?.item?.id;
    if (itemId && (id === ORIGINAL_ID || frameOf(serial, id)?.item?.imageId)) {
      url.set({ item: itemId }, { push: true });
    } else if (id !== ORIGINAL_ID) selection.write(id);
  }
  function add() {
    const id = edits.add();
    if (id) selection.write(id);
  }
  return (
    <>
      <PageDrop
        onPicked={original.take}
        words={original.row ? "Drop to replace the image" : "Drop to begin with it"}
      />
      <ProgressStatus store={live.store} name={view.name} />
      <SerialLayout
        header={<SerialHeader {...serial} view={view} onSelect={selection.select} />}
        notices={
          <SerialNotices
            {...serial}
            onTheirs={() => router.refresh()}
            onEditPrompt={(place) => selection.write(frames[place - 1]?.step.id ?? ORIGINAL_ID)}
          />
        }
        facts={countOfSteps(frames.length)}
        run={<RunAll runs={runs} plan={serial.plan} running={running} onTrouble={() => asked.show(ALL)} />}
        strip={
          <ChainStrip
            frames={frames}
            original={
              <OriginalFrame
                original={original}
                selected={selection.frame === null}
                onPress={() => (selection.frame === null ? open : selection.select)(ORIGINAL_ID)}
              />
            }
            selectedId={selection.selectedId}
            store={live.store}
            edits={edits}
            onSelect={selection.select}
            onOpen={open}
            onAdd={add}
          />
        }
        editor={
          selection.frame ? (
            <SelectedStep serial={serial} selection={selection} choices={choices} asked={asked.asked} />
          ) : (
            <ChainSettings
              settings={chain.settings}
              choices={choices}
              name={chain.name}
              original={original}
              onChange={(settings) => keeper.change({ settings })}
              stop={serial.isPaid && <ChainStop live={live} />}
            />
          )
        }
        pictures={<SelectedPictures serial={serial} selection={selection} onOpen={open} />}
      />
      <LargePictures
        {...serial}
        original={original.row}
        naming={{ pattern: chain.settings.namePattern, session: view.name }}
        openId={url.params.get("item")}
        onMove={(itemId) => {
          url.set({ item: itemId });
          const next = frames.find(({ item }) => item?.id === itemId);
          if (next) selection.select(next.step.id);
        }}
        onClose={() => url.set({ item: null })}
      />
    </>
  );
}

const ALL = { kind: "all" } as const;

function ChainStop({ live }: Pick<Serial, "live">) {
  const budget = useFeed(live.store, (feed) => feed.pulse.budget);
  const onSaved = useCallback(() => live.poke(), [live]);
  return <StopField sessionId={live.store.sessionId} budget={budget} onSaved={onSaved} />;
}

type PartProps = { serial: Serial; selection: StepSelection };

function SelectedStep({
  serial,
  selection,
  choices,
  asked,
}: PartProps & { choices: readonly PricedChoice[]; asked: ChainRun | null }) {
  const { frames, chain, edits, runs, live, paidVersion, pictureOf, troubleOf } = serial;
  const { frame, promptField, select } = selection;
  if (!frame) return null;
  const trouble = asked && troubleOf(asked);
  return (
    <StepEditor
      key={frame.step.id}
      frame={frame}
      frames={frames}
      pictureOf={pictureOf}
      base={chain.settings}
      choices={choices}
      edits={edits}
      promptField={promptField}
      promptTrouble={trouble?.place === frame.place ? trouble.words : null}
      onSelect={select}
      runs={
        <RunButtons
          stepId={frame.step.id}
          enabled={frame.step.enabled}
          sessionId={live.store.sessionId}
          runs={runs}
          version={paidVersion}
        />
      }
    />
  );
}

function SelectedPictures({ serial, selection, onOpen }: PartProps & { onOpen: (id: string) => void }) {
  const { live, original, actions, pictureOf } = serial;
  const { frame } = selection;
  const replaceable = useFeed(live.store, (feed) => feed.pulse.state === "draft");
  if (!frame || !original.row) {
    return <OriginalPanel original={original} replaceable={replaceable} onOpen={() => onOpen(ORIGINAL_ID)} />;
  }
  return (
    <StepPictures
      key={frame.step.id}
      frame={frame}
      store={live.store}
      input={pictureOf(frame.fedBy[0] ?? 0)}
      onOpen={() => onOpen(frame.step.id)}
      onUse={(itemId, attemptId) => void actions.choose(itemId, attemptId)}
    />
  );
}

/** Runs by keys. What speaks against one is then said beside its field, where the caret goes. */
function useAskedRun({ runs, troubleOf, frames }: Serial, { frame, write }: StepSelection) {
  const [asked, setAsked] = useState<ChainRun | null>(null);
  function show(run: ChainRun) {
    setAsked(run);
    const step = frames[(troubleOf(run)?.place ?? 0) - 1];
    if (step) write(step.step.id);
  }
  return {
    asked,
    show,
    run(kind: "step" | "from") {
      const run: ChainRun = frame ? { kind, stepId: frame.step.id } : ALL;
      if (runs.pending) return;
      if (runs.off(run)) show(run);
      else void runs.run(run);
    },
  };
}

function frameOf({ frames }: Serial, id: string) {
  return frames.find(({ step }) => step.id === id);
}
