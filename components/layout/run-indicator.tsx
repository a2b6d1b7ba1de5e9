"use client";

import { Link } from "@/components/ui/link";
import { type RunSummary, useRunning } from "./use-running";

/** The run that goes on, from every page. */
export function RunIndicator({ initial }: { initial: RunSummary }) {
  const summary = useRunning(initial);
  if (summary.running === 0 || !summary.sessionId) return null;
  return <RunLink summary={summary} sessionId={summary.sessionId} />;
}

function RunLink({ summary, sessionId }: { summary: RunSummary; sessionId: string }) {
  const { done, total, name, running } = summary;
  const share = total > 0 ? done / total : 0;
  const words = `${done.toLocaleString("en-US")} / ${total.toLocaleString("en-US")}`;
  return (
    <Link
      href={`/sessions/${sessionId}`}
      aria-label={`${name ?? "Run"}: ${words} done`}
      className="touch-target flex min-w-0 flex-col justify-center gap-1 rounded-control px-2.5 py-1.5 transition-colors hover:bg-idle-bg max-sm:h-14 max-sm:min-w-12 max-sm:flex-1 max-sm:px-1 max-[360px]:hidden sm:max-xl:px-1"
    >
      <span className="truncate text-ink-2 text-pill max-xl:hidden">
        {running > 1 ? `${running} sessions run` : name}
      </span>
      <span className="truncate text-center font-mono text-edge text-ink xl:text-left">{words}</span>
      <span className="block h-1 overflow-hidden rounded-full bg-line">
        <span
          className="block h-full origin-left bg-run transition-transform duration-200"
          style={{ transform: `scaleX(${share})` }}
        />
      </span>
    </Link>
  );
}
