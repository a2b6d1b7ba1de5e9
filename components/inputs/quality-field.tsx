"use client";

import { Field } from "@/components/ui/field";

type QualityFieldProps = { label: string; quality: number; onChange: (quality: number) => void };

export function QualityField({ label, quality, onChange }: QualityFieldProps) {
  return (
    <Field label={`${label} ${quality}`} hint="Higher keeps more detail and makes larger files.">
      {(wiring) => (
        <input
          {...wiring}
          type="range"
          min={1}
          max={100}
          value={quality}
          onChange={(event) => onChange(event.target.valueAsNumber)}
          className="touch-target h-8 w-full accent-ink"
        />
      )}
    </Field>
  );
}
