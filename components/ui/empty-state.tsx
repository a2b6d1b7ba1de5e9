import type { ReactNode } from "react";
import { cn } from "./cn";

type EmptyStateProps = { title: string; children?: ReactNode; actions?: ReactNode; className?: string };

/** A place with nothing in it yet: says so, and what to do. */
export function EmptyState({ title, children, actions, className }: EmptyStateProps) {
  return (
    <div
      className={cn("mx-auto flex max-w-lg flex-col items-center gap-3 px-4 py-16 text-center", className)}
    >
      <h2 className="text-balance text-empty">{title}</h2>
      {children && <div className="text-pretty text-ink-2 text-lead">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
