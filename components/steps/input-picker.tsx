"use client";

import { useId } from "react";
import { cn } from "@/components/ui/cn";
import { Frame, type FrameImage } from "@/components/ui/frame";

/** A picture that may go into a step: the original or what an earlier step makes. */
export type PickerChoice = { place: number; label: string; title: string; image?: FrameImage | null };

type PickerProps = {
  legend: string;
  hint: string;
  choices: readonly PickerChoice[];
  chosen: readonly number[];
  /** One, or as many as there is room for. */
  many: boolean;
  /** How many may be chosen; the others can't be while that many are. */
  room: number;
  onToggle: (place: number) => void;
};

/** Pictures to choose from, each with its number and what it is. */
export function InputPicker({ legend, hint, choices, chosen, many, room, onToggle }: PickerProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={`${id}-hint`} className="flex min-w-0 flex-col gap-1.5">
      <legend className="float-left mb-1.5 font-medium text-dense">{legend}</legend>
      <div className="clear-both flex flex-wrap gap-2">
        {choices.map(({ place, label, title, image }) => {
          const checked = chosen.includes(place);
          return (
            <label
              key={place}
              className={cn(
                "relative flex w-24 cursor-pointer flex-col gap-1 rounded-control border p-1.5 has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2",
                checked
                  ? "border-ink shadow-[inset_0_0_0_1px_var(--color-ink)]"
                  : "border-line hover:border-line-strong",
              )}
            >
              <input
                type={many ? "checkbox" : "radio"}
                name={`${id}-input`}
                value={place}
                checked={checked}
                disabled={many && !checked && chosen.length >= room}
                onChange={() => onToggle(place)}
                className="absolute opacity-0"
              />
              {image !== undefined && (
                <Frame image={image} className="bg-canvas">
                  <span className="text-ink-3 text-pill">none yet</span>
                </Frame>
              )}
              <span className={cn("truncate text-pill", checked && "font-semibold")}>{label}</span>
              <span className="-mt-1 truncate text-ink-3 text-pill">{title}</span>
            </label>
          );
        })}
      </div>
      <p id={`${id}-hint`} className="text-ink-3 text-pill">
        {hint}
      </p>
    </fieldset>
  );
}
