"use client";

import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { ToggleGroup } from "@/components/ui/toggle-group";
import type { Capabilities } from "@/lib/models/types";
import type { ProviderSettings } from "@/lib/sessions/types";
import { OptionalNumber } from "./optional-number";

type FineControlsProps = {
  provider: ProviderSettings;
  capabilities: Capabilities;
  onChange: (change: Partial<ProviderSettings>) => void;
};

const MODERATION = [
  { value: "auto", label: "Usual" },
  { value: "low", label: "Less" },
] as const;
const COMPLEXITY = [
  { value: "none", label: "Model's own" },
  { value: "low", label: "Low" },
  { value: "medium", label: "Medium" },
  { value: "high", label: "High" },
] as const;

/** Seldom needed. Each is there only where the model takes it. */
export function FineControls({ provider, capabilities, onChange }: FineControlsProps) {
  return (
    <>
      {capabilities.negativePrompt && (
        <Field label="Negative prompt" hint="What should not be in the image.">
          {(wiring) => (
            <Textarea
              {...wiring}
              value={provider.negativePrompt}
              rows={2}
              maxLength={2_000}
              onChange={(event) => onChange({ negativePrompt: event.target.value })}
            />
          )}
        </Field>
      )}
      <div className="flex gap-3 empty:hidden">
        {capabilities.seed && (
          <OptionalNumber
            label="Seed"
            empty="Another one for each image"
            value={provider.seed}
            min={0}
            max={4_294_967_295}
            onChange={(seed) => onChange({ seed })}
          />
        )}
        {capabilities.steps && (
          <OptionalNumber
            label="Steps"
            empty="The model's own"
            value={provider.steps}
            min={1}
            max={150}
            onChange={(steps) => onChange({ steps })}
          />
        )}
      </div>
      {capabilities.complexity && (
        <Choice label="Complexity" hint="How hard the model thinks about the image before it draws.">
          <ToggleGroup
            label="Complexity"
            value={provider.complexity ?? "none"}
            choices={COMPLEXITY}
            onChange={(value) => onChange({ complexity: value === "none" ? null : value })}
          />
        </Choice>
      )}
      {capabilities.moderation && (
        <Choice label="Moderation" hint="The provider's own safety check. Less of it blocks fewer images.">
          <ToggleGroup
            label="Moderation"
            value={provider.moderation}
            choices={MODERATION}
            onChange={(moderation) => onChange({ moderation })}
          />
        </Choice>
      )}
    </>
  );
}

function Choice({ label, hint, children }: { label: string; hint: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium text-dense">{label}</p>
      {children}
      <p className="text-ink-3 text-pill">{hint}</p>
    </div>
  );
}
