import type { ReactNode } from "react";

type SerialLayoutProps = {
  header: ReactNode;
  notices?: ReactNode;
  /** "4 of 7 steps" */
  facts: string;
  /** Beside the heading of the chain: Run all. */
  run: ReactNode;
  strip: ReactNode;
  /** What is set about the selected step. */
  editor: ReactNode;
  /** What goes in and what came out of it. */
  pictures: ReactNode;
};

/** Where the panel of the selected step is, for phones to scroll to. */
export const PANEL_ID = "step-panel";

/** The chain on top; below it the selected step: its settings left, its pictures right. One below the other on narrow screens. */
export function SerialLayout({ header, notices, facts, run, strip, editor, pictures }: SerialLayoutProps) {
  return (
    <>
      {header}
      {notices}
      <section aria-labelledby="chain-heading" className="border-line border-b px-4 pt-4 pb-3 sm:px-5">
        <div className="mb-1 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <div className="flex items-baseline gap-3">
            <h2 id="chain-heading" className="font-semibold text-lead">
              Serial Steps
            </h2>
            <span className="edge-print">{facts}</span>
          </div>
          {run}
        </div>
        {strip}
      </section>
      <div id={PANEL_ID} className="grid flex-1 scroll-mt-4 lg:grid-cols-[minmax(360px,440px)_minmax(0,1fr)]">
        <div className="min-w-0 border-line bg-surface p-4 max-lg:border-b sm:p-5 lg:border-r">{editor}</div>
        <div className="flex min-w-0 flex-col p-4 pb-24 sm:p-5">{pictures}</div>
      </div>
    </>
  );
}
