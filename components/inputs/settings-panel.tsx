"use client";

import { useId } from "react";
import { Select } from "@/components/ui/select";
import { ToggleGroup } from "@/components/ui/toggle-group";
import type { InputRow } from "@/lib/inputs/wire";
import type { Capabilities } from "@/lib/models/types";
import type { OutputSettings, SessionSettings } from "@/lib/sessions/types";
import { NamePattern } from "./name-pattern";
import { QualityField } from "./quality-field";
import { SizeFields } from "./size-fields";

export type ModelChoice = { id: string; label: string; capabilities: Capabilities };

type SettingsPanelProps = {
  settings: SessionSettings;
  models: readonly ModelChoice[];
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
export function SettingsPanel({ settings, models, sessionName, rows, onChange }: SettingsPanelProps) {
  const id = useId();
  const { output } = settings;
  const setOutput = (change: Partial<OutputSettings>) =>
    onChange({ ...settings, output: { ...output, ...change } });
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4">
      <h2 id={id} className="font-semibold text-base">
        Settings
      </h2>
      <ModelField settings={settings} models={models} onChange={onChange} />
      <div className="flex flex-col gap-1.5">
        <p className="font-medium text-dense">Format</p>
        <ToggleGroup
          label="Format of the results"
          value={output.format}
          choices={FORMATS}
          onChange={(format) => setOutput({ format })}
        />
      </div>
      {output.format !== "png" && (
        <QualityField quality={output.quality} onChange={(quality) => setOutput({ quality })} />
      )}
      <SizeFields size={output.size} format={output.format} onChange={(size) => setOutput({ size })} />
      <NamePattern
        pattern={settings.namePattern}
        format={output.format}
        sessionName={sessionName}
        rows={rows}
        onChange={(namePattern) => onChange({ ...settings, namePattern })}
      />
    </section>
  );
}

function ModelField({
  settings,
  models,
  onChange,
}: Pick<SettingsPanelProps, "settings" | "models" | "onChange">) {
  const [only] = models;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium text-dense">Model</p>
      {models.length === 1 && only ? (
        <p className="text-dense text-ink-2">{only.label}: runs on this machine, costs nothing</p>
      ) : (
        <Select
          label="Model"
          value={settings.model}
          options={models.map(({ id, label }) => ({ value: id, label }))}
          onChange={(model) => onChange({ ...settings, model })}
        />
      )}
    </div>
  );
}
