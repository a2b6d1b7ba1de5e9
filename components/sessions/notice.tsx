import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type NoticeProps = {
  tone: "plain" | "warn" | "err";
  icon: LucideIcon;
  /** Read out at once: only for what stopped. */
  alert?: boolean;
  /** Keeps room for words that grow and shrink, so that nothing below it moves. */
  steady?: boolean;
  actions?: ReactNode;
  children: ReactNode;
};

const TONES = {
  plain: "bg-surface text-ink",
  warn: "bg-warn-bg text-warn",
  err: "bg-err-bg text-err",
} as const;

/** A line over the sheet: what happened, what was kept, what to do. */
export function Notice({ tone, icon: Icon, alert, steady, actions, children }: NoticeProps) {
  return (
    <div
      role={alert ? "alert" : undefined}
      className={cn(
        "flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2 text-dense sm:px-5",
        TONES[tone],
        steady && "min-h-14 max-sm:min-h-28",
      )}
    >
      <p className="flex min-w-0 flex-1 basis-72 gap-2.5">
        <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
        <span>{children}</span>
      </p>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
