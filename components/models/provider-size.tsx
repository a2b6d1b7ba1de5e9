"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { nearestSize, sizeOf, sizeTrouble } from "@/lib/models/check-size";
import type { SizeRule } from "@/lib/models/types";
import type { ProviderSettings } from "@/lib/sessions/types";
import { pixelsWords } from "@/lib/words";

type Size = ProviderSettings["size"];
type ProviderSizeProps = {
  size: Size;
  rule: Exclude<SizeRule, { kind: "output" }>;
  onChange: (size: Size) => void;
};

const OWN = "own";

/** The size a model is asked for: the source's proportions, one of its usual ones, or any that its rule allows. */
export function ProviderSize({ size, rule, onChange }: ProviderSizeProps) {
  const id = useId();
  const [own, setOwn] = useState(() => sizeOf(size) !== null && !rule.presets.includes(size));
  const choose = (value: string) => {
    setOwn(value === OWN);
    if (value !== OWN) onChange(value);
    else if (!sizeOf(size)) onChange(rule.presets[0] ?? "1024x1024");
  };
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-dense">
        Size
      </label>
      <Select
        id={id}
        value={own ? OWN : size}
        options={[
          { value: "source", label: "As the source", detail: "its proportions" },
          ...rule.presets.map((value) => ({ value, label: presetWords(value) })),
          { value: "auto", label: "Model decides" },
          ...(rule.kind === "free" ? [{ value: OWN, label: "Width × height" }] : []),
        ]}
        onChange={choose}
      />
      {own && rule.kind === "free" && <OwnSize size={size} rule={rule} onChange={onChange} />}
    </div>
  );
}

type OwnSizeProps = { size: Size; rule: Extract<SizeRule, { kind: "free" }>; onChange: (size: Size) => void };

/** While what is typed does not fit the rule, the last size that did stays in force. */
function OwnSize({ size, rule, onChange }: OwnSizeProps) {
  const id = useId();
  const [typed, setTyped] = useState(sizeOf(size) ?? { width: 1024, height: 1024 });
  const trouble = sizeTrouble(rule, typed);
  const near = trouble ? nearestSize(rule, typed) : null;
  const type = (next: typeof typed) => {
    setTyped(next);
    if (!sizeTrouble(rule, next)) onChange(`${next.width}x${next.height}`);
  };
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-2">
        {(["width", "height"] as const).map((side) => (
          <Input
            key={side}
            aria-label={side === "width" ? "Width, pixels" : "Height, pixels"}
            aria-invalid={trouble ? true : undefined}
            aria-describedby={trouble ? `${id}-trouble` : undefined}
            inputMode="numeric"
            autoComplete="off"
            value={typed[side] || ""}
            onChange={(event) => type({ ...typed, [side]: digitsOf(event.target.value) })}
            className="min-w-0 flex-1"
          />
        ))}
      </div>
      {trouble && near && (
        <div
          id={`${id}-trouble`}
          className="flex flex-wrap items-center justify-between gap-2 text-err text-pill"
        >
          <span>{trouble}</span>
          <Button size="small" onClick={() => type(near)}>
            {`Use ${pixelsWords(near.width, near.height)}`}
          </Button>
        </div>
      )}
    </div>
  );
}

function digitsOf(text: string): number {
  return Number(text.replace(/\D/g, "").slice(0, 5));
}

function presetWords(value: string): string {
  const size = sizeOf(value);
  if (!size) return value;
  const { width, height } = size;
  const shape = width === height ? "square" : width > height ? "landscape" : "portrait";
  return `${pixelsWords(width, height)}, ${shape}`;
}
