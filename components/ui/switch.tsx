"use client";

import { Switch as Radix } from "radix-ui";

type SwitchProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  id?: string;
  label?: string;
  disabled?: boolean;
  "aria-describedby"?: string;
};

export function Switch({ checked, onChange, label, ...rest }: SwitchProps) {
  return (
    <Radix.Root
      {...rest}
      checked={checked}
      onCheckedChange={onChange}
      aria-label={label}
      className="group grid h-8 w-10 shrink-0 place-items-center rounded-control disabled:opacity-50"
    >
      <span className="relative block h-5 w-9 rounded-full bg-line-strong transition-colors group-data-[state=checked]:bg-ink forced-colors:border">
        <Radix.Thumb className="block size-4 translate-x-0.5 translate-y-0.5 rounded-full bg-on-ink transition-transform data-[state=checked]:translate-x-4.5 forced-colors:bg-[ButtonText]" />
      </span>
    </Radix.Root>
  );
}
