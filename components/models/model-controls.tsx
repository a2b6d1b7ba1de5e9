"use client";

import { Fold } from "@/components/ui/fold";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { lacksWords } from "@/lib/models/lacks-words";
import type { Capabilities } from "@/lib/models/types";
import type { ProviderSettings, SessionSettings } from "@/lib/sessions/types";
import type { EstimateAnswer } from "@/lib/sessions/wire";
import { FineControls } from "./fine-controls";
import { ProviderSize } from "./provider-size";
import { QualityDial } from "./quality-dial";

type ModelControlsProps = {
  settings: SessionSettings;
  capabilities: Capabilities;
  prices: EstimateAnswer["byQuality"];
  onChange: (change: Partial<SessionSettings>) => void;
};

const BACKGROUNDS: Record<ProviderSettings["background"], string> = {
  auto: "Model decides",
  opaque: "Opaque",
  transparent: "Transparent",
};

/** What can be asked of the chosen model, and nothing it does not have. */
export function ModelControls({ settings, capabilities, prices, onChange }: ModelControlsProps) {
  const { provider, output } = settings;
  const { qualities, sizes, backgrounds, moderation, complexity, seed, negativePrompt, steps } = capabilities;
  const set = (change: Partial<ProviderSettings>) => onChange({ provider: { ...provider, ...change } });
  const lacks = lacksWords(capabilities);
  const fine = moderation || complexity || seed || negativePrompt || steps;
  return (
    <>
      {qualities.length > 0 && (
        <QualityDial
          quality={provider.quality}
          offered={qualities}
          prices={prices}
          onChange={(quality) => set({ quality })}
        />
      )}
      {sizes.kind !== "output" && (
        <ProviderSize size={provider.size} rule={sizes} onChange={(size) => set({ size })} />
      )}
      {backgrounds.length > 1 && (
        <div className="flex flex-col gap-1.5">
          <p className="font-medium text-dense">Background</p>
          <ToggleGroup
            label="Background"
            value={provider.background}
            choices={backgrounds.map((value) => ({ value, label: BACKGROUNDS[value] }))}
            onChange={(background) => {
              // JPG has no transparency; asking for both would fail at the provider.
              const clash = background === "transparent" && output.format === "jpeg";
              onChange({
                provider: { ...provider, background },
                ...(clash ? { output: { ...output, format: "png" } } : {}),
              });
            }}
          />
        </div>
      )}
      {fine && (
        <Fold label="More of this model" facts={fineFacts(provider)}>
          <FineControls provider={provider} capabilities={capabilities} onChange={set} />
        </Fold>
      )}
      {lacks && <p className="text-ink-3 text-pill">{lacks}</p>}
    </>
  );
}

/** What is set inside, so that it can be seen from outside. */
function fineFacts({ moderation, complexity, seed, negativePrompt, steps }: ProviderSettings): string | null {
  const facts = [
    moderation === "low" && "less moderation",
    complexity && `complexity ${complexity}`,
    seed !== null && `seed ${seed}`,
    negativePrompt && "negative prompt",
    steps !== null && `${steps} steps`,
  ];
  return facts.filter(Boolean).join(", ") || null;
}
