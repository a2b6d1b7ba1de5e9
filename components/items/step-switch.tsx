"use client";

import { ToggleGroup } from "@/components/ui/toggle-group";
import { ORIGINAL } from "@/lib/steps/constants";

type StepSwitchProps = {
  /** Places of the steps in use. */
  places: readonly number[];
  /** The one shown, 0 the original. */
  shown: number;
  onShow: (place: number) => void;
};

/** With more, there is room for numbers only. */
const FEW = 4;

/** Which step of a chain is shown: "Original · 1 · 2 · 3". */
export function StepSwitch({ places, shown, onShow }: StepSwitchProps) {
  const choices = [
    { value: String(ORIGINAL), label: "Original" },
    ...places.map((place) => ({
      value: String(place),
      label: places.length > FEW ? String(place) : `Step ${place}`,
    })),
  ];
  return (
    <ToggleGroup
      label="Step shown, [ and ] change it"
      value={String(shown)}
      choices={choices}
      onChange={(value) => onShow(Number(value))}
    />
  );
}
