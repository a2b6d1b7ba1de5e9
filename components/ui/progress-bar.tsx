import { cn } from "./cn";

type ProgressBarProps = {
  label: string;
  /** 0 to 1. */
  value: number;
  className?: string;
};

export function ProgressBar({ label, value, className }: ProgressBarProps) {
  const percent = Math.round(value * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={cn("h-1 w-full overflow-hidden rounded-full bg-line", className)}
    >
      <span
        className="block h-full origin-left bg-run transition-transform duration-200"
        style={{ transform: `scaleX(${value})` }}
      />
    </div>
  );
}
