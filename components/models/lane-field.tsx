"use client";

import { useState } from "react";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { WINDOW_HOURS } from "@/lib/batches/constants";
import type { Lane } from "@/lib/batches/types";
import type { PricedChoice } from "@/lib/models/price-choices";

type LaneFieldProps = {
  lane: Lane;
  /** Undefined: the chosen model is gone. */
  choice: PricedChoice | undefined;
  onChange: (change: { lane: Lane }) => void;
};

const LANES = [
  { value: "live", label: "Now" },
  { value: "economy", label: `Within ${WINDOW_HOURS} hours, half the price` },
] as const;
const HINTS: Record<Lane, string> = {
  live: "Images are made from the start on, as fast as the provider takes them.",
  economy:
    "Images go to the provider in batches and come back as they end. Any of them can still be made now, at the full price.",
};

/** Now, or within 24 hours; only where the model has both. */
export function LaneField({ lane, choice, onChange }: LaneFieldProps) {
  // The settings say "live" for a model that cannot wait, and get the wish back with a model that can.
  const [wanted, setWanted] = useState(lane);
  if (!choice) return null;
  if (!choice.capabilities.economy) {
    if (wanted !== "economy") return null;
    return (
      <p role="status" className="text-pill text-warn">
        {noLaneWords(choice.label, "these images are")}
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium text-dense">When</p>
      <ToggleGroup
        label="When"
        value={lane}
        choices={LANES}
        onChange={(next) => {
          setWanted(next);
          onChange({ lane: next });
        }}
      />
      <p className="text-ink-3 text-pill">{HINTS[lane]}</p>
    </div>
  );
}

/** `what`: "these images are", say. */
export function noLaneWords(model: string, what: string): string {
  return `${model} has no half-price lane: ${what} made now, at the full price.`;
}
