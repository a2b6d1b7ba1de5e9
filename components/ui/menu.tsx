"use client";

import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { Kbd } from "./kbd";

type MenuProps = {
  trigger: ReactNode;
  label: string;
  align?: "start" | "center" | "end";
  side?: "top" | "right" | "bottom" | "left";
  children: ReactNode;
};

export function Menu({ trigger, label, align = "end", side, children }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-48 max-w-80 animate-fade rounded-control bg-raised p-1 shadow-overlay"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const ITEM_CLASS =
  "touch-target flex min-h-8 w-full items-center gap-2.5 rounded-pill px-2 py-1 text-left text-dense outline-none data-disabled:text-ink-3 data-highlighted:bg-idle-bg [&_svg]:size-4 [&_svg]:shrink-0";

type MenuItemProps = {
  onSelect?: () => void;
  icon?: ReactNode;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  /** The only child is the element itself, a link say. */
  asChild?: boolean;
  children: ReactNode;
};

export function MenuItem({ onSelect, icon, keys, danger, disabled, asChild, children }: MenuItemProps) {
  const className = cn(ITEM_CLASS, danger && "text-err data-highlighted:bg-err-bg");
  if (asChild) {
    return (
      <Radix.Item asChild disabled={disabled} className={className} onSelect={onSelect}>
        {children}
      </Radix.Item>
    );
  }
  return (
    <Radix.Item disabled={disabled} className={className} onSelect={onSelect}>
      {icon}
      <span className="flex-1">{children}</span>
      {keys && <Kbd>{keys}</Kbd>}
    </Radix.Item>
  );
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 py-1.5 text-ink-3 text-pill">{children}</Radix.Label>;
}

type MenuChoicesProps<T extends string> = {
  value: T;
  choices: readonly { value: T; label: string; icon?: ReactNode }[];
  onChange: (value: T) => void;
};

/** One of a few inside a menu; the menu stays open, so that one can look and choose again. */
export function MenuChoices<T extends string>({ value, choices, onChange }: MenuChoicesProps<T>) {
  return (
    <Radix.RadioGroup value={value}>
      {choices.map((choice) => (
        <Radix.RadioItem
          key={choice.value}
          value={choice.value}
          onSelect={(event) => {
            event.preventDefault();
            onChange(choice.value);
          }}
          className={cn(ITEM_CLASS, "data-[state=checked]:font-medium")}
        >
          {choice.icon}
          <span className="flex-1">{choice.label}</span>
          <Radix.ItemIndicator className="size-1.5 rounded-full bg-ink" />
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}
