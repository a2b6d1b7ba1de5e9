"use client";

import { Field } from "@/components/ui/field";
import { Switch } from "@/components/ui/switch";
import { ToggleGroup } from "@/components/ui/toggle-group";
import type { OutputSettings } from "@/lib/sessions/types";
import { NumberField } from "./number-field";

type Size = OutputSettings["size"];
type ExactSize = Extract<Size, { mode: "exact" }>;

const MODES = [
  { value: "keep", label: "As made" },
  { value: "long-edge", label: "Long edge" },
  { value: "exact", label: "Exact" },
] as const;

const STARTS: Record<Size["mode"], Size> = {
  keep: { mode: "keep" },
  "long-edge": { mode: "long-edge", pixels: 2000 },
  exact: { mode: "exact", width: 1200, height: 1200, pad: "#ffffff" },
};

const LIMITS = { min: 16, max: 8192 } as const;

type SizeFieldsProps = {
  label: string;
  size: Size;
  format: OutputSettings["format"];
  onChange: (size: Size) => void;
};

export function SizeFields({ label, size, format, onChange }: SizeFieldsProps) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-col gap-1.5">
        <p className="font-medium text-dense">{label}</p>
        <ToggleGroup
          label="Size of the results"
          value={size.mode}
          choices={MODES}
          onChange={(mode) => mode !== size.mode && onChange(STARTS[mode])}
        />
      </div>
      {size.mode === "long-edge" && (
        <NumberField
          label="Long edge, pixels"
          value={size.pixels}
          {...LIMITS}
          onChange={(pixels) => onChange({ mode: "long-edge", pixels })}
        />
      )}
      {size.mode === "exact" && <ExactFields size={size} format={format} onChange={onChange} />}
    </div>
  );
}

function ExactFields({
  size,
  format,
  onChange,
}: {
  size: ExactSize;
  format: OutputSettings["format"];
  onChange: (size: Size) => void;
}) {
  const clear = size.pad === "transparent";
  return (
    <>
      <div className="flex gap-3">
        <NumberField
          label="Width, pixels"
          value={size.width}
          {...LIMITS}
          onChange={(width) => onChange({ ...size, width })}
        />
        <NumberField
          label="Height, pixels"
          value={size.height}
          {...LIMITS}
          onChange={(height) => onChange({ ...size, height })}
        />
      </div>
      <Field
        label="Transparent padding"
        hint={
          clear && format === "jpeg"
            ? "JPG has no transparency: the padding becomes white."
            : "The whole image fits in; what is left over is padded."
        }
      >
        {(wiring) => (
          <div className="flex items-center gap-3">
            <Switch
              {...wiring}
              checked={clear}
              onChange={(next) => onChange({ ...size, pad: next ? "transparent" : "#ffffff" })}
            />
            {!clear && (
              <input
                type="color"
                aria-label="Colour of the padding"
                value={size.pad}
                onChange={(event) => onChange({ ...size, pad: event.target.value })}
                className="touch-target h-8 w-14 cursor-pointer rounded-control border border-line-strong bg-raised p-1"
              />
            )}
          </div>
        )}
      </Field>
    </>
  );
}
