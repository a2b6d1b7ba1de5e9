"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import { cn } from "./cn";
import { FIELD_CLASS } from "./input";

export type SelectOption<T extends string> = { value: T; label: string; detail?: string };

type SelectProps<T extends string> = {
  value: T;
  options: readonly SelectOption<T>[];
  onChange: (value: T) => void;
  id?: string;
  label?: string;
  disabled?: boolean;
  className?: string;
};

export function Select<T extends string>({
  value,
  options,
  onChange,
  id,
  label,
  disabled,
  className,
}: SelectProps<T>) {
  const choose = (next: string) => {
    const option = options.find((one) => one.value === next);
    if (option) onChange(option.value);
  };
  return (
    <Radix.Root value={value} onValueChange={choose} disabled={disabled}>
      <Radix.Trigger
        id={id}
        aria-label={label}
        className={cn(
          FIELD_CLASS,
          "inline-flex h-9 items-center justify-between gap-2 text-left pointer-coarse:h-11",
          className,
        )}
      >
        <Radix.Value />
        <Radix.Icon>
          <ChevronDown className="size-4 text-ink-3" aria-hidden />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-fade overflow-hidden rounded-control bg-raised p-1 shadow-overlay"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="touch-target flex min-h-8 items-center gap-2 rounded-pill py-1 pr-3 pl-8 outline-none data-highlighted:bg-idle-bg data-[state=checked]:font-medium"
              >
                <Radix.ItemIndicator className="absolute left-3">
                  <Check className="size-4" aria-hidden />
                </Radix.ItemIndicator>
                <Radix.ItemText>{option.label}</Radix.ItemText>
                {option.detail && <span className="ml-auto pl-4 text-ink-3 text-pill">{option.detail}</span>}
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
