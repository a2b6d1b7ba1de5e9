import { cn } from "./cn";

export type MeterTone = "ok" | "done" | "run" | "warn" | "err" | "rest";
export type MeterSegment = { label: string; value: number; tone: MeterTone };

const TONES: Record<MeterTone, string> = {
  ok: "bg-ok",
  done: "bg-line-strong",
  run: "bg-run",
  warn: "bg-warn",
  err: "bg-err",
  rest: "bg-line",
};

type MeterProps = {
  label: string;
  segments: readonly MeterSegment[];
  total: number;
  /** What of the total is finished, for assistive technology. */
  done: number;
  /** A whole sentence: "812 of 1,204 done, 31 failed". */
  text: string;
  className?: string;
};

/** Progress as segments side by side; the same numbers must stand next to it as text. */
export function Meter({ label, segments, total, done, text, className }: MeterProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(total, 1)}
      aria-valuenow={done}
      aria-valuetext={text}
      className={cn("flex h-1.5 w-full gap-px overflow-hidden rounded-full bg-line", className)}
    >
      {segments
        .filter((segment) => segment.value > 0)
        .map((segment) => (
          <span
            key={segment.label}
            style={{ flexGrow: segment.value }}
            className={cn("min-w-0.5 basis-0 transition-[flex-grow] duration-200", TONES[segment.tone])}
          />
        ))}
    </div>
  );
}
