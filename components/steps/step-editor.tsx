"use client";

import { type ReactNode, type RefObject, useId } from "react";
import { choiceOf } from "@/components/models/use-entered";
import { referenceRoom } from "@/components/references/used-references";
import { Fold } from "@/components/ui/fold";
import type { FrameImage } from "@/components/ui/frame";
import type { PricedChoice } from "@/lib/models/price-choices";
import type { SessionSettings } from "@/lib/sessions/types";
import type { ChainFrame } from "./chain-frames";
import { InputPicker } from "./input-picker";
import { effectiveSettings } from "./own-settings";
import { StepActions } from "./step-actions";
import { StepPrompt } from "./step-prompt";
import { StepSettings } from "./step-settings";
import { placeName } from "./step-words";
import type { ChainEdits } from "./use-chain-edits";

type StepEditorProps = {
  frame: ChainFrame;
  frames: readonly ChainFrame[];
  /** The picture at a place, small; null while there is none. Undefined where there are many images. */
  pictureOf?: (place: number) => FrameImage | null;
  base: SessionSettings;
  choices: readonly PricedChoice[];
  edits: ChainEdits;
  promptField: RefObject<HTMLTextAreaElement | null>;
  promptTrouble: string | null;
  onSelect: (id: string) => void;
  /** Runs of this step, where there is something to run. */
  runs?: ReactNode;
  /** The steps stand in a list below the session's prompt, which is the first one's. */
  list?: boolean;
};

/** All that makes up one step: what it does, to which picture, with which model. */
export function StepEditor(props: StepEditorProps) {
  const {
    frame,
    frames,
    base,
    choices,
    edits,
    promptField,
    promptTrouble,
    onSelect,
    runs,
    list = false,
  } = props;
  const { step, place, title } = frame;
  const id = useId();
  const effective = effectiveSettings(base, step.settings);
  const show = (shown: string | null) => shown && onSelect(shown);
  return (
    <section aria-labelledby={id} className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h2 id={id} className="min-w-0 flex-1 basis-40 truncate font-semibold text-lead">
          {`Step ${place}`}
          <span className="font-normal text-ink-2">{` · ${title}`}</span>
        </h2>
        {!(list && place === 1) && (
          <StepActions
            list={list}
            frame={frame}
            count={frames.length}
            onMove={(to) => edits.move(place, to)}
            onDuplicate={() => show(edits.duplicate(place))}
            onToggle={() => edits.replace(place, { enabled: !step.enabled })}
            onDelete={() => {
              const next = frames[place] ?? frames[place - 2];
              edits.remove(place);
              if (next) onSelect(next.step.id);
            }}
          />
        )}
      </div>
      {step.prompt === null ? (
        <p className="text-dense text-ink-2">This step uses the session prompt above.</p>
      ) : (
        <StepPrompt
          place={place}
          prompt={step.prompt}
          builtIn={effective.connection === "studio"}
          trouble={promptTrouble}
          field={promptField}
          onChange={(prompt) => edits.replace(place, { prompt })}
        />
      )}
      {runs}
      <Inputs {...props} room={roomOf(choices, effective)} />
      <StepSettings
        base={base}
        own={step.settings}
        choices={choices}
        feedsOthers={frame.feedsOthers}
        onChange={(settings) => edits.replace(place, { settings })}
      />
    </section>
  );
}

/** Which picture goes in, and which others the model looks at beside it. */
function Inputs({ frame, frames, pictureOf, edits, room }: StepEditorProps & { room: number }) {
  const { step, place } = frame;
  const choices = [0, ...frames.slice(0, place - 1).map((one) => one.place)].map((earlier) => ({
    place: earlier,
    label: placeName(earlier),
    title: frames[earlier - 1]?.title ?? (pictureOf ? "the image you chose" : "each image"),
    image: pictureOf?.(earlier),
  }));
  const { source, references } = step;
  const others = choices.filter((choice) => choice.place !== source);
  const facts = references.map(placeName).join(", ");
  return (
    <>
      <InputPicker
        legend="Input"
        hint="The original, or what an earlier step makes."
        choices={choices}
        chosen={[source]}
        many={false}
        room={1}
        onToggle={(next) =>
          edits.replace(place, { source: next, references: references.filter((one) => one !== next) })
        }
      />
      {others.length > 0 && room + references.length > 0 && (
        <Fold label="Further references" facts={facts || null}>
          <InputPicker
            legend="Looked at beside the input"
            hint={roomWords(room)}
            choices={others}
            chosen={references}
            many
            room={room}
            onToggle={(one) =>
              edits.replace(place, {
                references: references.includes(one)
                  ? references.filter((other) => other !== one)
                  : [...references, one].sort((a, b) => a - b),
              })
            }
          />
        </Fold>
      )}
    </>
  );
}

function roomOf(choices: readonly PricedChoice[], settings: SessionSettings): number {
  const choice = choiceOf(choices, settings);
  return choice ? referenceRoom(choice) : 0;
}

function roomWords(room: number): string {
  if (room === 0)
    return "The model of this step looks at its input only. These are kept for models that look at more.";
  return room === 1 ? "The model takes 1 more picture." : `The model takes up to ${room} more pictures.`;
}
