"use client";

import { Download, Play, RefreshCw, RotateCcw, X, Zap } from "lucide-react";
import { mayGoNow } from "@/components/batches/economy-items";
import { FromResultsButton } from "@/components/recipes/from-results-button";
import type { SheetRow } from "@/components/sessions/chain-rows";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { groupOf } from "@/lib/items/status";
import { countWords } from "@/lib/words";

/** Ids of items, but for `run`: inputs for which the shown step has not run. */
export type ChosenItems = {
  all: number;
  run: string[];
  /** Out of the half-price lane. */
  now: string[];
  retry: string[];
  regenerate: string[];
  download: string[];
};

/** What can be done with the chosen tiles, as they are at the shown step. */
export function chosenItems(
  ids: ReadonlySet<string>,
  rowOf: (id: string) => SheetRow | undefined,
): ChosenItems {
  const rows = [...ids].flatMap((id) => rowOf(id) ?? []);
  const chosen = rows.filter(({ chain }) => !chain?.absent);
  const idsWhere = (test: (item: SheetRow) => boolean) => chosen.filter(test).map(({ id }) => id);
  return {
    all: ids.size,
    run: rows.filter(({ chain }) => chain?.absent).map(({ inputId }) => inputId),
    now: idsWhere(mayGoNow),
    retry: idsWhere(({ status }) => groupOf(status) === "failed" || status === "cancelled"),
    regenerate: idsWhere(({ status }) => groupOf(status) === "completed"),
    download: idsWhere(({ status, imageId }) => groupOf(status) === "completed" && imageId !== null),
  };
}

type SelectionBarProps = {
  sessionId: string;
  chosen: ChosenItems;
  /** How many the filter shows. */
  shown: number;
  onRun: () => void;
  onNow: () => void;
  onRetry: () => void;
  onRegenerate: () => void;
  onDownload: () => void;
  onAll: () => void;
  onClear: () => void;
};

/** Actions for the chosen tiles, each with how many it touches. */
export function SelectionBar({ sessionId, chosen, shown, ...on }: SelectionBarProps) {
  const { all, run, now, retry, regenerate, download } = chosen;
  if (all === 0) return null;
  return (
    <section
      aria-label="Selection"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-30 flex justify-center px-3 max-sm:bottom-20 sm:pl-14 xl:pl-54"
    >
      <div className="pointer-events-auto flex animate-enter flex-wrap items-center justify-center gap-1.5 rounded-panel bg-raised p-2 pl-4 shadow-overlay">
        <p className="mr-2 font-medium text-dense">{countWords(all)} selected</p>
        {all < shown && (
          <Button size="small" look="ghost" onClick={on.onAll}>
            {`Select all ${countWords(shown)}`}
          </Button>
        )}
        {run.length > 0 && (
          <Button size="small" icon={<Play aria-hidden />} onClick={on.onRun}>
            {`Run ${countWords(run.length)}`}
          </Button>
        )}
        {now.length > 0 && (
          <Button size="small" icon={<Zap aria-hidden />} onClick={on.onNow}>
            {`Make ${countWords(now.length)} now at the full price…`}
          </Button>
        )}
        {retry.length > 0 && (
          <Button size="small" icon={<RotateCcw aria-hidden />} onClick={on.onRetry}>
            {`Retry ${countWords(retry.length)}`}
          </Button>
        )}
        {regenerate.length > 0 && (
          <Button size="small" icon={<RefreshCw aria-hidden />} onClick={on.onRegenerate}>
            {`Regenerate ${countWords(regenerate.length)}…`}
          </Button>
        )}
        {download.length > 0 && (
          <Button size="small" icon={<Download aria-hidden />} onClick={on.onDownload}>
            {`Download ${countWords(download.length)}`}
          </Button>
        )}
        {download.length > 0 && (
          <FromResultsButton sessionId={sessionId} results={download} count={download.length} />
        )}
        <IconButton label="Clear selection" keys="Esc" icon={<X aria-hidden />} onClick={on.onClear} />
      </div>
    </section>
  );
}
