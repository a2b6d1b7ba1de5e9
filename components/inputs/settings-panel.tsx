"use client";

import dynamic from "next/dynamic";
import { useId } from "react";
import { LaneField } from "@/components/models/lane-field";
import { ModelField } from "@/components/models/model-field";
import { RunControls } from "@/components/models/run-controls";
import { choiceOf, useEntered } from "@/components/models/use-entered";
import { ToggleGroup } from "@/components/ui/toggle-group";
import type { InputRow } from "@/lib/inputs/wire";
import type { PricedChoice } from "@/lib/models/price-choices";
import type { SessionSettings } from "@/lib/sessions/types";
import type { EstimateAnswer } from "@/lib/sessions/wire";
import { NamePattern } from "./name-pattern";
import { QualityField } from "./quality-field";
import { SizeFields } from "./size-fields";

// The built-in model has none of these.
const ModelControls = dynamic(() =>
  import("@/components/models/model-controls").then((code) => code.ModelControls),
);

type SettingsPanelProps = {
  settings: SessionSettings;
  choices: readonly PricedChoice[];
  /** Of one image by quality; empty until it is known. */
  prices: EstimateAnswer["byQuality"];
  sessionName: string;
  /** Ready images, for the example names. */
  rows: readonly InputRow[];
  onChange: (settings: SessionSettings) => void;
};

const FORMATS = [
  { value: "png", label: "PNG" },
  { value: "jpeg", label: "JPG" },
  { value: "webp", label: "WebP" },
] as const;

/** How every result is made and named. */
export function SettingsPanel({
  settings,
  choices,
  prices,
  sessionName,
  rows,
  onChange,
}: SettingsPanelProps) {
  const id = useId();
  const { output } = settings;
  const capabilities = choiceOf(choices, settings)?.capabilities;
  const change = useEntered({ settings, choices, onChange });
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4">
      <h2 id={id} className="font-semibold text-base">
        Settings
      </h2>
      <ModelField settings={settings} choices={choices} onChange={change} />
      <LaneField lane={settings.lane} choice={choiceOf(choices, settings)} onChange={change} />
      {capabilities && settings.connection !== "studio" && (
        <ModelControls settings={settings} capabilities={capabilities} prices={prices} onChange={change} />
      )}
      <OutputFields settings={settings} onChange={change} />
      <SizeFields
        label={settings.connection === "studio" ? "Size" : "Size of the files"}
        size={output.size}
        format={output.format}
        onChange={(size) => change({ output: { ...output, size } })}
      />
      <NamePattern
        pattern={settings.namePattern}
        format={output.format}
        sessionName={sessionName}
        rows={rows}
        onChange={(namePattern) => change({ namePattern })}
      />
      <RunControls settings={settings} paid={capabilities?.paid ?? false} onChange={change} />
    </section>
  );
}

type OutputFieldsProps = {
  settings: SessionSettings;
  onChange: (change: Partial<SessionSettings>) => void;
};

/** Format and compression of the files. */
export function OutputFields({ settings, onChange }: OutputFieldsProps) {
  const { output, provider } = settings;
  const clear = provider.background === "transparent";
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <p className="font-medium text-dense">Format</p>
        <ToggleGroup
          label="Format of the results"
          value={output.format}
          choices={FORMATS}
          onChange={(format) =>
            onChange({
              output: { ...output, format },
              // JPG has no transparency; asking for both would fail at the provider.
              ...(clear && format === "jpeg" ? { provider: { ...provider, background: "auto" } } : {}),
            })
          }
        />
        {clear && <p className="text-ink-3 text-pill">Transparent needs PNG or WebP; JPG turns it off.</p>}
      </div>
      {output.format !== "png" && (
        <QualityField
          label={settings.connection === "studio" ? "Quality" : "Compression"}
          quality={output.quality}
          onChange={(quality) => onChange({ output: { ...output, quality } })}
        />
      )}
    </>
  );
}
