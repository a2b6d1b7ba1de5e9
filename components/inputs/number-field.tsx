"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type NumberFieldProps = {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
};

/** Whole numbers. While what is typed does not fit, the last one that did stays in force. */
export function NumberField({ label, value, min, max, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? String(value);
  const fits = isWhole(text, min, max);
  return (
    <Field
      label={label}
      className="min-w-0 flex-1"
      error={fits ? null : `From ${min} to ${max.toLocaleString("en-US")}. ${value} stays in force.`}
    >
      {(wiring) => (
        <Input
          {...wiring}
          value={text}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.target.value);
            if (isWhole(event.target.value, min, max)) onChange(Number(event.target.value));
          }}
          onBlur={() => fits && setTyped(null)}
        />
      )}
    </Field>
  );
}

function isWhole(text: string, min: number, max: number): boolean {
  return /^\d{1,6}$/.test(text.trim()) && Number(text) >= min && Number(text) <= max;
}
