"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import { cn } from "./cn";
import { FIELD_CLASS } from "./input";

export type SelectOption<T extends string> = {
  value: T;
  label: string;
  /** Beside the label, in the list only. */
  detail?: string;
  /** Options of one group stand together under its name. */
  group?: string;
};

type SelectProps<T extends string> = {
  value: T;
  options: readonly SelectOption<T>[];
  onChange: (value: T) => void;
  id?: string;
  label?: string;
  /** Shown while `value` is none of the options. */
  placeholder?: string;
  disabled?: boolean;
  className?: string;
};

export function Select<T extends string>({
  value,
  options,
  onChange,
  id,
  label,
  placeholder,
  disabled,
  className,
}: SelectProps<T>) {
  const choose = (next: string) => {
    const option = options.find((one) => one.value === next);
    if (option) onChange(option.value);
  };
  return (
    <Radix.Root
      value={options.some((one) => one.value === value) ? value : ""}
      onValueChange={choose}
      disabled={disabled}
    >
      <Radix.Trigger
        id={id}
        aria-label={label}
        className={cn(
          FIELD_CLASS,
          "inline-flex h-9 items-center justify-between gap-2 text-left pointer-coarse:h-11",
          className,
        )}
      >
        <Radix.Value placeholder={placeholder} />
        <Radix.Icon>
          <ChevronDown className="size-4 text-ink-3" aria-hidden />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          ref={makeOthersInert}
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-fade overflow-hidden rounded-control bg-raised p-1 shadow-overlay"
        >
          <Radix.Viewport>
            {groupsOf(options).map(({ group, options: inside }) => (
              <Radix.Group key={group ?? ""}>
                {group !== undefined && (
                  <Radix.Label className="px-3 pt-2 pb-1 text-ink-3 text-pill">{group}</Radix.Label>
                )}
                {inside.map((option) => (
                  <Option key={option.value} {...option} />
                ))}
              </Radix.Group>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Option({ value, label, detail }: SelectOption<string>) {
  return (
    <Radix.Item
      value={value}
      className="touch-target flex min-h-8 items-center gap-2 rounded-pill py-1 pr-3 pl-8 outline-none data-highlighted:bg-idle-bg data-[state=checked]:font-medium"
    >
      <Radix.ItemIndicator className="absolute left-3">
        <Check className="size-4" aria-hidden />
      </Radix.ItemIndicator>
      <Radix.ItemText>{label}</Radix.ItemText>
      {detail && <span className="ml-auto pl-4 text-ink-3 text-pill">{detail}</span>}
    </Radix.Item>
  );
}

/**
 * While its list is open the select hides all else from screen readers, yet what is hidden could still take the focus;
 * inert it cannot (WCAG 4.1.2). Radix attaches it anew whenever it renders.
 */
function makeOthersInert(list: HTMLElement | null) {
  if (!list) return;
  const others: HTMLElement[] = [];
  for (const other of document.body.children) {
    if (!(other instanceof HTMLElement) || other.inert || other.contains(list)) continue;
    other.inert = true;
    others.push(other);
  }
  return () => {
    for (const other of others) other.inert = false;
  };
}

/** Neighbours of one group together; without groups all are one. */
function groupsOf<T extends string>(options: readonly SelectOption<T>[]) {
  const groups: { group: string | undefined; options: SelectOption<T>[] }[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last && last.group === option.group) last.options.push(option);
    else groups.push({ group: option.group, options: [option] });
  }
  return groups;
}
