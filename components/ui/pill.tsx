import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

export type Tone = "idle" | "run" | "ok" | "warn" | "err" | "pilot";

const TONES: Record<Tone, string> = {
  idle: "bg-idle-bg text-idle",
  run: "bg-run-bg text-run",
  ok: "bg-ok-bg text-ok",
  warn: "bg-warn-bg text-warn",
  err: "bg-err-bg text-err",
  pilot: "bg-pilot-bg text-pilot",
};

type PillProps = {
  tone: Tone;
  icon: LucideIcon;
  /** Turns the icon; for work that goes on. */
  turning?: boolean;
  className?: string;
  children: ReactNode;
};

/** A state: word, icon and colour, each enough by itself. */
export function Pill({ tone, icon: Icon, turning = false, className, children }: PillProps) {
  return (
    <span
      className={cn(
        "inline-flex h-5 max-w-full shrink-0 items-center gap-1 rounded-pill px-1.5 font-medium text-pill",
        TONES[tone],
        className,
      )}
    >
      <Icon className={cn("size-3 shrink-0", turning && "animate-ring")} strokeWidth={2.25} aria-hidden />
      <span className="truncate">{children}</span>
    </span>
  );
}
