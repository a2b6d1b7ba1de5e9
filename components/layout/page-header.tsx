import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type PageHeaderProps = {
  /** The h1, or something that holds it. */
  title: ReactNode;
  /** Small mono line under it: "bulk · 1,204 images · started 14:02". */
  facts?: ReactNode;
  actions?: ReactNode;
  /** Below: meter, counts. */
  children?: ReactNode;
  className?: string;
};

/** Top of a page: what it is, its facts, what to do with it. */
export function PageHeader({ title, facts, actions, children, className }: PageHeaderProps) {
  return (
    <header className={cn("border-line border-b bg-surface px-4 py-3 sm:px-5", className)}>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          {typeof title === "string" ? <h1 className="truncate text-title">{title}</h1> : title}
          {facts && <p className="edge-print mt-0.5">{facts}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2 sm:gap-4">{actions}</div>}
      </div>
      {children}
    </header>
  );
}
