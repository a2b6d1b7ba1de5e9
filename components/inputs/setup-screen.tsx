"use client";

import type { ReactNode } from "react";

type SetupScreenProps = {
  header: ReactNode;
  /** Where images come in, with notes about them. */
  intake: ReactNode;
  panel: ReactNode;
  start: ReactNode;
  list: ReactNode;
  /** "1,204 images · 3.1 GB" */
  facts: string | null;
};

/** Images left, prompt and Start right; on narrow screens one below the other, the long list last. */
export function SetupScreen({ header, intake, panel, start, list, facts }: SetupScreenProps) {
  return (
    <>
      {header}
      <div className="grid flex-1 lg:grid-cols-[minmax(0,1fr)_384px] lg:grid-rows-[auto_1fr]">
        <section aria-labelledby="input-list" className="flex min-w-0 flex-col gap-3 px-4 pt-4 pb-4 sm:px-5">
          <div className="flex items-baseline justify-between gap-4">
            <h2 id="input-list" className="font-semibold text-lead">
              Bulk Input List
            </h2>
            {facts && <p className="edge-print">{facts}</p>}
          </div>
          {intake}
        </section>
        <div className="flex min-w-0 flex-col border-line bg-surface max-lg:border-y lg:sticky lg:top-16 lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:h-[calc(100dvh-64px)] lg:self-start lg:border-l">
          <div className="flex flex-col gap-6 p-4 sm:p-5 lg:min-h-0 lg:flex-1 lg:overflow-y-auto">
            {panel}
          </div>
          <div className="border-line border-t p-4 sm:px-5">{start}</div>
        </div>
        <div className="flex min-w-0 flex-col">{list}</div>
      </div>
    </>
  );
}
