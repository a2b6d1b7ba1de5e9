"use client";

import { LocalTime } from "@/components/sessions/local-time";
import { segmentsOf } from "@/components/sessions/results-meter";
import { SessionName } from "@/components/sessions/session-name";
import { failedCount, settledCount, stateWords } from "@/components/sessions/state-words";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";
import { Pill } from "@/components/ui/pill";
import { totalItems } from "@/lib/sessions/status";
import type { SessionListRow } from "@/lib/sessions/wire";
import { countWords, plural } from "@/lib/words";
import { SessionMenu } from "./session-menu";
import { Strip } from "./strip";

/** One session: its strip, name, state, progress and menu. The whole line opens it. */
export function SessionRow({ row }: { row: SessionListRow }) {
  const { tone, icon, text, turning } = stateWords(row.state, row.counts);
  return (
    <li
      data-session-row
      className="group/row relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-5 gap-y-2 border-line border-b bg-surface px-4 py-2.5 transition-colors hover:bg-raised sm:px-5 md:grid-cols-[auto_minmax(0,1fr)_minmax(140px,220px)_auto]"
    >
      <Strip imageIds={row.strip} className="max-md:col-span-2" />
      <div className="min-w-0">
        <SessionName sessionId={row.id} name={row.name} as="row">
          {(name) => (
            <Link
              href={`/sessions/${row.id}`}
              className="truncate font-medium after:absolute after:inset-0 after:content-['']"
            >
              {name}
            </Link>
          )}
        </SessionName>
        <p className="edge-print flex flex-wrap items-center gap-x-1.5">
          <span>{row.kind}</span>·
          {row.stepCount > 1 && (
            <>
              <span>{plural(row.stepCount, "step")}</span>·
            </>
          )}
          <span>{plural(row.inputTotal, "image")}</span>·
          <LocalTime at={row.updatedAt} />
        </p>
      </div>
      <div className="flex min-w-0 flex-col items-start gap-1.5 max-md:order-last max-md:col-span-2 max-md:flex-row max-md:items-center max-md:gap-3">
        <Pill tone={tone} icon={icon} turning={turning}>
          {text}
        </Pill>
        <RowProgress row={row} />
      </div>
      <SessionMenu row={row} />
    </li>
  );
}

/** Of a chain its steps are counted: how many images are through, its own page knows. */
function RowProgress({ row: { counts, stepCount } }: { row: SessionListRow }) {
  const total = totalItems(counts);
  if (total === 0) return null;
  const failed = failedCount(counts);
  return (
    <div className="w-full min-w-0">
      <div aria-hidden className="flex h-1 w-full gap-px overflow-hidden rounded-full bg-line">
        {segmentsOf(counts).map(({ label, value, colour }) => (
          <span key={label} style={{ flexGrow: value }} className={cn("min-w-0.5 basis-0", colour)} />
        ))}
      </div>
      <p className="mt-0.5 text-ink-2 text-pill">
        {countWords(settledCount(counts))} of {stepCount > 1 ? plural(total, "step") : countWords(total)}
        {failed > 0 && <span className="text-err">, {countWords(failed)} failed</span>}
      </p>
    </div>
  );
}
