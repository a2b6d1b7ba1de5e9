import type { ReactNode } from "react";
import { Wordmark } from "./wordmark";

/** A page that could not be shown: what happened, what was kept, what to do. */
export function Problem({
  title,
  children,
  actions,
}: {
  title: string;
  children: ReactNode;
  actions: ReactNode;
}) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center gap-4 px-6 py-16">
      <Wordmark />
      <h1 className="text-balance text-empty">{title}</h1>
      <div className="text-ink-2 text-lead">{children}</div>
      <div className="mt-2 flex flex-wrap gap-2">{actions}</div>
    </main>
  );
}
