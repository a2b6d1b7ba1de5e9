"use client";

import { Input } from "@/components/ui/input";

type MoneyInputProps = {
  id?: string;
  label?: string;
  value: string;
  invalid?: boolean;
  describedBy?: string;
  placeholder?: string;
  onChange: (text: string) => void;
  onBlur?: () => void;
};

/** An amount in dollars, as text until it is one. */
export function MoneyInput({
  id,
  label,
  value,
  invalid,
  describedBy,
  placeholder,
  onChange,
  onBlur,
}: MoneyInputProps) {
  return (
    <span className="relative block w-28">
      <span
        aria-hidden
        className="pointer-events-none absolute inset-y-0 left-2.5 grid place-items-center text-ink-3"
      >
        $
      </span>
      <Input
        id={id}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        value={value}
        placeholder={placeholder}
        inputMode="decimal"
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
        className="w-full pl-6"
      />
    </span>
  );
}
