import { cn } from "./cn";

export function Kbd({ children, inverse = false }: { children: string; inverse?: boolean }) {
  return (
    <kbd
      className={cn(
        "rounded-pill border px-1 font-mono text-edge",
        inverse ? "border-on-ink/40 text-on-ink" : "border-line text-ink-2",
      )}
    >
      {children}
    </kbd>
  );
}
