"use client";

import type { ReactNode } from "react";
import { FILTER_LABELS, type StatusFilter } from "@/components/items/status-filter";
import { cn } from "@/components/ui/cn";
import type { ItemCounts } from "@/lib/sessions/wire";
import { countWords } from "@/lib/words";

type Segment = { label: string; value: number; colour: string; filter: StatusFilter };

/** `inBatches` of what runs are in batches. */
export function segmentsOf(counts: ItemCounts, inBatches = 0): Segment[] {
  const batched = Math.min(inBatches, counts.running);
  const all: Segment[] = [
    { label: "completed", value: counts.completed + counts.reused, colour: "bg-ok", filter: "completed" },
    { label: "failed", value: counts.failed + counts.blocked, colour: "bg-err", filter: "failed" },
    { label: "not run", value: counts.unmet, colour: "bg-err/50", filter: "failed" },
    { label: "generating", value: counts.running - batched, colour: "bg-run", filter: "in-progress" },
    { label: "in batches", value: batched, colour: "bg-run", filter: "in-progress" },
    { label: "waiting", value: counts.waiting, colour: "bg-warn", filter: "in-progress" },
    { label: "queued", value: counts.queued, colour: "bg-line", filter: "in-progress" },
    { label: "cancelled", value: counts.cancelled, colour: "bg-line-strong", filter: "cancelled" },
  ];
  return all.filter(({ value }) => value > 0);
}

type ResultsMeterProps = {
  counts: ItemCounts;
  /** Of those that run. */
  inBatches?: number;
  total: number;
  done: number;
  sentence: string;
  onFilter: (filter: StatusFilter) => void;
  /** At the end of the line of words. */
  aside?: ReactNode;
};

/** The run as one line. Its segments are filters for the mouse; the words below it are the same filters for all. */
export function ResultsMeter({
  counts,
  inBatches,
  total,
  done,
  sentence,
  onFilter,
  aside,
}: ResultsMeterProps) {
  const segments = segmentsOf(counts, inBatches);
  return (
    <div className="mt-2.5">
      <div
        role="progressbar"
        aria-label="Progress"
        aria-valuemin={0}
        aria-valuemax={Math.max(1, total)}
        aria-valuenow={done}
        aria-valuetext={sentence}
        className="sr-only"
      />
      <div aria-hidden className="-my-2 flex gap-px">
        {segments.map(({ label, value, colour, filter }, index) => (
          <button
            key={label}
            type="button"
            tabIndex={-1}
            title={`${countWords(value)} ${label}`}
            onClick={() => onFilter(filter)}
            style={{ flexGrow: value }}
            className="group/segment h-6 min-w-1 basis-0 transition-[flex-grow] duration-200"
          >
            <span
              className={cn(
                "block h-1.5 transition-[height] group-hover/segment:h-2.5",
                colour,
                index === 0 && "rounded-l-full",
                index === segments.length - 1 && "rounded-r-full",
              )}
            />
          </button>
        ))}
      </div>
      <div className="mt-1.5 flex flex-wrap items-center justify-between gap-x-4.5">
        <p className="flex min-h-8 flex-wrap items-center gap-x-4.5 text-dense text-ink-2">
          {segments.map(({ label, value, colour, filter }) => (
            <button
              key={label}
              type="button"
              onClick={() => onFilter(filter)}
              title={`Show ${FILTER_LABELS[filter].toLowerCase()}`}
              className="flex min-h-6 items-center gap-1.5 rounded-pill hover:text-ink hover:underline"
            >
              <span aria-hidden className={cn("size-2 rounded-full", colour)} />
              <span>
                <b className="font-semibold text-ink">{countWords(value)}</b> {label}
              </span>
            </button>
          ))}
        </p>
        {aside}
      </div>
    </div>
  );
}
