import type { ComponentProps } from "react";
import { cn } from "./cn";

type ChipProps = Omit<ComponentProps<"button">, "children"> & {
  label: string;
  count?: number;
  pressed: boolean;
};

/** A filter: pressed or not, with how many it leaves. */
export function Chip({ label, count, pressed, className, ...rest }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      {...rest}
      className={cn(
        "touch-target inline-flex h-8 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-full border px-3 text-dense transition-colors",
        pressed
          ? "border-ink bg-raised font-semibold text-ink shadow-[inset_0_0_0_1px_var(--color-ink)]"
          : "border-line bg-surface text-ink-2 hover:border-line-strong hover:text-ink",
        className,
      )}
    >
      {label}
      {count !== undefined && <span>{count.toLocaleString("en-US")}</span>}
    </button>
  );
}
