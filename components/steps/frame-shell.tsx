import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type FrameShellProps = Pick<ComponentProps<"li">, "draggable" | "onDragStart" | "onDragOver" | "onDrop"> & {
  /** More of the one button that covers the frame. */
  button: ComponentProps<"button"> & { "data-step": string; "data-tile"?: string };
  selected: boolean;
  onPress: () => void;
  lines?: ReactNode;
  head: ReactNode;
  picture: ReactNode;
  foot: ReactNode;
  className?: string;
};

/** One place of the chain. Beside each other on wide screens; on phones a row each, all equally high. */
export function FrameShell({
  button,
  selected,
  onPress,
  lines,
  head,
  picture,
  foot,
  className,
  ...drag
}: FrameShellProps) {
  return (
    <li
      {...drag}
      className={cn(
        "relative flex min-w-0 gap-x-3 max-sm:h-(--row) sm:w-(--frame) sm:shrink-0 sm:flex-col",
        className,
      )}
    >
      {lines}
      <button
        type="button"
        {...button}
        tabIndex={selected ? 0 : -1}
        aria-pressed={selected}
        onClick={onPress}
        className={cn(
          "absolute -inset-1.5 z-10 rounded-control",
          selected ? "shadow-[inset_0_0_0_2px_var(--color-accent)]" : "hover:bg-ink/4",
        )}
      />
      <span aria-hidden className="h-6 truncate text-dense max-sm:hidden">
        {head}
      </span>
      <span aria-hidden className="relative block max-sm:w-24 max-sm:shrink-0">
        {picture}
      </span>
      <span aria-hidden className="flex min-w-0 flex-col gap-0.5 max-sm:justify-center sm:pt-1.5">
        <span className="truncate text-dense sm:hidden">{head}</span>
        {foot}
      </span>
    </li>
  );
}
