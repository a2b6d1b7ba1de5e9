"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { cn } from "./cn";

type CheckboxProps = {
  checked: boolean | "indeterminate";
  onChange: (checked: boolean) => void;
  id?: string;
  label?: string;
  disabled?: boolean;
  tabIndex?: number;
  className?: string;
};

/** The box is 18 px; its target is 32. */
export function Checkbox({ checked, onChange, label, className, ...rest }: CheckboxProps) {
  return (
    <Radix.Root
      {...rest}
      checked={checked}
      onCheckedChange={(next) => onChange(next === true)}
      aria-label={label}
      className={cn("group grid size-8 shrink-0 place-items-center rounded-control", className)}
    >
      <span className="grid size-4.5 place-items-center rounded-pill border border-line-strong bg-raised text-transparent transition-colors group-data-[state=checked]:border-ink group-data-[state=indeterminate]:border-ink group-data-[state=checked]:bg-ink group-data-[state=indeterminate]:bg-ink group-data-[state=checked]:text-on-ink group-data-[state=indeterminate]:text-on-ink">
        {checked === "indeterminate" ? (
          <Minus className="size-3.5" strokeWidth={3} aria-hidden />
        ) : (
          <Check className="size-3.5" strokeWidth={3} aria-hidden />
        )}
      </span>
    </Radix.Root>
  );
}
