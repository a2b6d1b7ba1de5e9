"use client";

import { type RunSummary, useRunning } from "./use-running";

/** How many sessions run, beside the word; nothing when none does. */
export function RunningCount({ initial }: { initial: RunSummary }) {
  const { running } = useRunning(initial);
  if (running === 0) return null;
  return (
    <span className="font-semibold text-ink max-xl:absolute max-xl:top-0.5 max-xl:right-0.5 max-xl:rounded-full max-xl:bg-run-bg max-xl:px-1 max-xl:text-edge max-xl:text-run max-sm:right-1/4 xl:ml-auto">
      {running}
      <span className="sr-only"> running</span>
    </span>
  );
}
