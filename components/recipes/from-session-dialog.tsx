"use client";

import { useState } from "react";
import { Strip } from "@/components/sessions/list/strip";
import { LocalTime } from "@/components/sessions/local-time";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SearchField } from "@/components/ui/search-field";
import type { SessionListRow } from "@/lib/sessions/wire";
import { plural } from "@/lib/words";
import { NotLoaded } from "./not-loaded";
import { useAnswer } from "./use-answer";
import { type Kind, useStart } from "./use-start";

type FromSessionDialogProps = { kind: Kind; onClose: () => void };

/** Earlier sessions to begin a draft of that kind with: their steps and settings, or all of them as a copy. */
export function FromSessionDialog({ kind, onClose }: FromSessionDialogProps) {
  const [search, setSearch] = useState("");
  const address = `/api/sessions?q=${encodeURIComponent(search)}`;
  const { answer, failed, retry } = useAnswer<{ rows: SessionListRow[] }>(address);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Start from an earlier session"
      description="Its prompt, steps and settings begin a new draft. The session stays as it is."
      size="large"
    >
      <SearchField
        label="Search sessions by name, prompt or file name"
        placeholder="Name, prompt or file name"
        search={search}
        onSearch={setSearch}
        className="mb-3"
      />
      {failed && <NotLoaded onRetry={retry} />}
      {answer?.rows.length === 0 && (
        <p className="py-4 text-dense text-ink-2">
          {search ? `No session with “${search}” in its name, prompt or files.` : "No sessions yet."}
        </p>
      )}
      <ul aria-busy={!answer && !failed} className="border-line border-t">
        {answer?.rows.map((row) => (
          <EarlierSession key={row.id} row={row} kind={kind} />
        ))}
      </ul>
    </Dialog>
  );
}

function EarlierSession({ row, kind }: { row: SessionListRow; kind: Kind }) {
  const start = useStart();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b py-2.5">
      <Strip imageIds={row.strip} className="w-44 overflow-hidden max-sm:hidden" />
      <div className="min-w-0 flex-1 basis-40">
        <p className="truncate font-medium">{row.name}</p>
        <p className="edge-print flex flex-wrap gap-x-1.5">
          <span>{row.kind}</span>·<span>{plural(row.inputTotal, "image")}</span>·
          {row.stepCount > 1 && <span>{`${plural(row.stepCount, "step")} ·`}</span>}
          <LocalTime at={row.updatedAt} />
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          aria-label={`Start with the steps of ${row.name}`}
          disabled={start.pending}
          onClick={() => start.fromSession(row.id, kind)}
        >
          Steps and settings
        </Button>
        {row.kind === kind && row.inputTotal > 0 && (
          <Button
            size="small"
            aria-label={`Start with the images of ${row.name} too`}
            disabled={start.pending}
            onClick={() => start.copy(row.id)}
          >
            With its images
          </Button>
        )}
      </div>
    </li>
  );
}
