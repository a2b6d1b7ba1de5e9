import { cn } from "./cn";

/** Holds a place. Shows itself only after 300 ms, so that quick answers do not flicker. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "block rounded-pill bg-line [animation:fade_140ms_300ms_both] motion-reduce:[animation-delay:300ms]",
        className,
      )}
    />
  );
}
