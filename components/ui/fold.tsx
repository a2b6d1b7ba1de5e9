import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

type FoldProps = {
  label: string /** Beside the label: what is set inside. */;
  facts?: string | null;
  children: ReactNode;
};

/** What few people need, folded away. */
export function Fold({ label, facts, children }: FoldProps) {
  return (
    <details className="group">
      <summary className="touch-target flex min-h-8 list-none items-center gap-1.5 rounded-control text-dense text-ink-2 hover:text-ink">
        <ChevronRight className="size-4 shrink-0 transition-transform group-open:rotate-90" aria-hidden />
        <span className="shrink-0">{label}</span>
        {facts && <span className="truncate text-ink-3 group-open:hidden">· {facts}</span>}
      </summary>
      <div className="mt-2 flex flex-col gap-4 border-line border-l pl-3">{children}</div>
    </details>
  );
}
