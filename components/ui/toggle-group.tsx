"use client";

import { ToggleGroup as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";

export type Choice<T extends string> = { value: T; label: string; icon?: ReactNode };

type ToggleGroupProps<T extends string> = {
  label: string;
  value: T;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
  /** Icons only; the words stay for screen readers. */
  compact?: boolean;
  className?: string;
};

/** One of a few, all in sight. */
export function ToggleGroup<T extends string>({
  label,
  value,
  choices,
  onChange,
  compact = false,
  className,
}: ToggleGroupProps<T>) {
  const choose = (next: string) => {
    const choice = choices.find((one) => one.value === next);
    if (choice) onChange(choice.value);
  };
  return (
    <Radix.Root
      type="single"
      value={value}
      onValueChange={choose}
      aria-label={label}
      className={cn("flex rounded-control border border-line bg-sunken p-0.5", className)}
    >
      {choices.map((choice) => (
        <Radix.Item
          key={choice.value}
          value={choice.value}
          className="touch-target flex h-8 flex-1 items-center justify-center gap-1.5 whitespace-nowrap rounded-pill px-2.5 text-dense text-ink-2 transition-colors hover:text-ink data-[state=on]:bg-raised data-[state=on]:font-medium data-[state=on]:text-ink data-[state=on]:shadow-[0_0_0_1px_var(--color-line-strong)] [&_svg]:size-4"
        >
          {choice.icon}
          <span className={compact ? "sr-only" : undefined}>{choice.label}</span>
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
