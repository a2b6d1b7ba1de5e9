"use client";

import { type ReactNode, useId } from "react";
import { inputFacts } from "@/components/inputs/input-facts";
import { SettingsPanel } from "@/components/inputs/settings-panel";
import { useInputImage } from "@/components/inputs/use-input-image";
import { Button } from "@/components/ui/button";
import { Frame } from "@/components/ui/frame";
import { refusalWords } from "@/lib/images/refusals";
import type { PricedChoice } from "@/lib/models/price-choices";
import type { SessionSettings } from "@/lib/sessions/types";
import { ChooseImage, OriginalIntake } from "./original-intake";
import type { Original } from "./use-original";

type ChainSettingsProps = {
  settings: SessionSettings;
  choices: readonly PricedChoice[];
  name: string;
  original: Pick<Original, "row">;
  onChange: (settings: SessionSettings) => void;
  /** Where runs stop by themselves, where they cost money. */
  stop?: ReactNode;
};

/** What all steps have, but those that have their own. */
export function ChainSettings({ settings, choices, name, original, onChange, stop }: ChainSettingsProps) {
  const ready = original.row?.state === "ready" ? [original.row] : [];
  return (
    <div className="flex flex-col gap-3">
      <div>
        <h2 className="font-semibold text-lead">All steps</h2>
        <p className="text-dense text-ink-2">Any step can have its own model and output instead.</p>
      </div>
      <SettingsPanel
        settings={settings}
        choices={choices}
        prices={{}}
        sessionName={name}
        rows={ready}
        onChange={onChange}
      />
      {stop}
    </div>
  );
}

type OriginalPanelProps = {
  original: Original;
  /** Nothing has run: it may be replaced. */
  replaceable: boolean;
  onOpen: () => void;
};

/** The image the chain begins with. */
export function OriginalPanel({ original, replaceable, onOpen }: OriginalPanelProps) {
  const id = useId();
  const { row, file, halted, task } = original;
  const image = useInputImage(row, file, 1280, row ? `Original: ${row.name}` : "");
  if (!row) return <OriginalIntake onPicked={original.take} />;
  const failed = row.state === "uploading" && task?.state === "failed";
  const words =
    halted ?? (failed ? (task.words ?? "The upload failed. Your file is still on your computer.") : null);
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id={id} className="min-w-0 truncate font-semibold text-lead">
          {row.name}
        </h2>
        <div className="flex flex-wrap gap-2">
          {row.imageId && <Button onClick={onOpen}>Open large</Button>}
          {replaceable && <ChooseImage label="Replace image" onPicked={original.take} />}
        </div>
      </div>
      <p className="edge-print">{inputFacts(row)}</p>
      {row.refusal && <p className="text-dense text-err">{refusalWords(row.refusal, row.name)}</p>}
      {row.state === "uploading" && !task && (
        <p className="text-dense text-warn">This file never arrived. Choose it again.</p>
      )}
      {words && (
        <p role="alert" className="flex flex-wrap items-center gap-2 text-dense text-err">
          {words}
          <Button size="small" onClick={original.retry}>
            Retry
          </Button>
        </p>
      )}
      <Frame image={image} className="max-w-3xl bg-canvas">
        No picture yet
      </Frame>
      {!replaceable && (
        <p className="text-pill text-ink-3">
          The image of a chain that has run stays. Run it on many, or duplicate it, for others.
        </p>
      )}
    </section>
  );
}
