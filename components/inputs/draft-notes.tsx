"use client";

import type { UploadState, UploadStore } from "@/components/uploads/upload-store";
import type { InputRow } from "@/lib/inputs/wire";
import type { InputList } from "./input-list";
import { nameOf } from "./input-list";
import { CopiesNote, MissingNote, type RefusedEntry, RefusedNote, SkippedNote } from "./list-notes";
import { PromptFilesNote } from "./prompt-files-note";
import type { InputEdits } from "./use-input-edits";

type DraftNotesProps = {
  rows: readonly InputRow[];
  list: InputList;
  missing: number;
  uploads: UploadStore;
  state: UploadState;
  edits: InputEdits;
};

/** What happened to the files that needs a word. */
export function DraftNotes({ rows, list, missing, uploads, state, edits }: DraftNotesProps) {
  const refused = [
    ...state.refused.map(({ name, path, refusal }, index) => ({
      key: `${index}`,
      name: nameOf({ name, path }),
      refusal,
    })),
    ...rows.flatMap(refusedEntry),
  ];
  const clear = () => {
    uploads.forgetRefused();
    if (list.counts.refused > 0) void edits.removeMatching("refused");
  };
  return (
    <div className="divide-y divide-line overflow-hidden rounded-control border border-line bg-surface empty:hidden">
      <RefusedNote entries={refused} onClear={clear} />
      <PromptFilesNote rows={rows} uploads={uploads} state={state} edits={edits} />
      <MissingNote
        here={list.ready + list.probing}
        missing={missing}
        onRemove={() => void edits.removeMatching("missing")}
      />
      <SkippedNote count={state.skipped} />
      <CopiesNote count={list.counts.duplicate} onRemove={() => void edits.removeMatching("duplicates")} />
    </div>
  );
}

function refusedEntry(row: InputRow): RefusedEntry[] {
  if (row.removed || !row.refusal) return [];
  return [{ key: row.id, name: nameOf(row), refusal: row.refusal }];
}
