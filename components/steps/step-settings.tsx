"use client";

import { OutputFields } from "@/components/inputs/settings-panel";
import { SizeFields } from "@/components/inputs/size-fields";
import { noLaneWords } from "@/components/models/lane-field";
import { ModelControls } from "@/components/models/model-controls";
import { ModelField } from "@/components/models/model-field";
import { choiceOf, useEntered } from "@/components/models/use-entered";
import { ToggleGroup } from "@/components/ui/toggle-group";
import type { PricedChoice } from "@/lib/models/price-choices";
import type { OutputSettings, SessionSettings } from "@/lib/sessions/types";
import type { StepSettings as Settings } from "@/lib/steps/types";
import { effectiveSettings, hasOwn, keepOwn, type OwnPart, withOwn } from "./own-settings";

type StepSettingsProps = {
  /** What all steps have. */
  base: SessionSettings;
  own: Settings | null;
  choices: readonly PricedChoice[];
  /** Other steps work on its result. */
  feedsOthers: boolean;
  onChange: (own: Settings | null) => void;
};

const CHOICES = [
  { value: "base", label: "As all steps" },
  { value: "own", label: "Own" },
] as const;

/** Model and files of one step: as all steps have them, or its own. */
export function StepSettings({ base, own, choices, feedsOthers, onChange }: StepSettingsProps) {
  const effective = effectiveSettings(base, own);
  const change = useEntered({
    settings: effective,
    choices,
    onChange: (changed) => onChange(keepOwn(own, changed)),
  });
  const set = (part: OwnPart, on: boolean) => onChange(withOwn(own, part, { on, effective }));
  const choice = choiceOf(choices, effective);
  const ownModel = hasOwn(own, "model");
  const ownOutput = hasOwn(own, "output");
  return (
    <>
      <Part label="Model and settings" own={ownModel} onOwn={(on) => set("model", on)}>
        {ownModel ? (
          <>
            <ModelField settings={effective} choices={choices} onChange={change} />
            {base.lane === "economy" && choice && !choice.capabilities.economy && (
              <p className="text-pill text-warn">{noLaneWords(choice.label, "this step is")}</p>
            )}
            {choice && effective.connection !== "studio" && (
              <ModelControls
                settings={effective}
                capabilities={choice.capabilities}
                prices={{}}
                onChange={change}
              />
            )}
          </>
        ) : (
          <p className="text-dense text-ink-2">
            {choice ? modelWords(effective, choice) : "The model of all steps is not here any more."}
          </p>
        )}
      </Part>
      <Part label="Output" own={ownOutput} onOwn={(on) => set("output", on)}>
        {ownOutput ? (
          <>
            <OutputFields settings={effective} onChange={change} />
            <SizeFields
              label={effective.connection === "studio" ? "Size" : "Size of the files"}
              size={effective.output.size}
              format={effective.output.format}
              onChange={(size) => change({ output: { ...effective.output, size } })}
            />
          </>
        ) : (
          <p className="text-dense text-ink-2">
            {feedsOthers
              ? "PNG at its full size, because other steps use it. The last results are made as all steps say."
              : outputWords(effective.output)}
          </p>
        )}
      </Part>
    </>
  );
}

type PartProps = { label: string; own: boolean; onOwn: (on: boolean) => void; children: React.ReactNode };

function Part({ label, own, onOwn, children }: PartProps) {
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium text-dense">{label}</p>
        <ToggleGroup
          label={`${label} of this step`}
          value={own ? "own" : "base"}
          choices={CHOICES}
          onChange={(value) => onOwn(value === "own")}
        />
      </div>
      {children}
    </div>
  );
}

/** "Studio · balanced quality" */
function modelWords({ provider, connection }: SessionSettings, choice: PricedChoice): string {
  const facts = [choice.label];
  if (connection !== "studio" && choice.capabilities.qualities.length > 0)
    facts.push(`${provider.quality} quality`);
  if (connection !== "studio" && choice.capabilities.sizes.kind !== "output") {
    facts.push(provider.size === "source" ? "size of the source" : provider.size);
  }
  return facts.join(" · ");
}

/** "JPG 90 · long edge 1200" */
function outputWords({ format, quality, size }: OutputSettings): string {
  const name = format === "jpeg" ? "JPG" : format === "webp" ? "WebP" : "PNG";
  return `${name}${format === "png" ? "" : ` ${quality}`} · ${sizeWords(size)}`;
}

function sizeWords(size: OutputSettings["size"]): string {
  switch (size.mode) {
    case "keep":
      return "size kept";
    case "long-edge":
      return `long edge ${size.pixels}`;
    case "exact":
      return `${size.width} × ${size.height}`;
  }
}
