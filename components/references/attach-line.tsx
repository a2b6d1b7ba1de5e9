import { CircleAlert, Info } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** One thing to know about attached files, with what can be done about it. */
export function AttachLine({
  tone,
  action,
  children,
}: {
  tone?: "err";
  action?: ReactNode;
  children: ReactNode;
}) {
  const Icon = tone ? CircleAlert : Info;
  return (
    <div className="flex items-start gap-2 text-ink-2 text-pill">
      <Icon className={cn("mt-px size-3.5 shrink-0", tone ? "text-err" : "text-ink-3")} aria-hidden />
      <p className="min-w-0 flex-1">{children}</p>
      {action}
    </div>
  );
}
