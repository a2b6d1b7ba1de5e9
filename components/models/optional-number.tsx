"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type OptionalNumberProps = {
  label: string;
  /** What holds while nothing is written. */
  empty: string;
  hint?: string;
  value: number | null;
  min: number;
  max: number;
  onChange: (value: number | null) => void;
};

/** A whole number or nothing. While what is typed does not fit, the last that did stays in force. */
export function OptionalNumber({ label, empty, hint, value, min, max, onChange }: OptionalNumberProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (value === null ? "" : String(value));
  const fits = isFitting(text, min, max);
  return (
    <Field
      label={label}
      hint={hint}
      className="min-w-0 flex-1"
      error={
        fits ? null : `From ${min} to ${max.toLocaleString("en-US")}, or nothing: ${empty.toLowerCase()}.`
      }
    >
      {(wiring) => (
        <Input
          {...wiring}
          value={text}
          placeholder={empty}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => {
            const next = event.target.value.trim();
            setTyped(event.target.value);
            if (isFitting(next, min, max)) onChange(next === "" ? null : Number(next));
          }}
          onBlur={() => fits && setTyped(null)}
        />
      )}
    </Field>
  );
}

function isFitting(text: string, min: number, max: number): boolean {
  const plain = text.trim();
  return plain === "" || (/^\d{1,10}$/.test(plain) && Number(plain) >= min && Number(plain) <= max);
}
