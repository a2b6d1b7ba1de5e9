import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Look of everything one types into or chooses from. 16 px on touch, or iOS zooms the page in. */
export const FIELD_CLASS =
  "w-full rounded-control border border-line-strong bg-raised px-3 text-base text-ink transition-colors hover:border-ink-3 aria-invalid:border-err disabled:border-line disabled:bg-sunken disabled:text-ink-3 pointer-coarse:text-lead";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={cn(FIELD_CLASS, "h-9 pointer-coarse:h-11", className)} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea {...rest} className={cn(FIELD_CLASS, "min-h-24 resize-y py-2.5 leading-5.5", className)} />
  );
}
