"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { UploadState, UploadStore } from "@/components/uploads/upload-store";
import type { InputRow } from "@/lib/inputs/wire";
import { plural } from "@/lib/words";
import { nameOf } from "./input-list";
import { FoldedNote, Note } from "./list-notes";
import { textStem } from "./match-prompt-files";
import type { InputEdits } from "./use-input-edits";
import { usePromptFiles } from "./use-prompt-files";

type PromptFilesNoteProps = {
  rows: readonly InputRow[];
  uploads: UploadStore;
  state: UploadState;
  edits: InputEdits;
};

const NAMED = 3;

/** What became of text files dropped beside images. */
export function PromptFilesNote({ rows, uploads, state, edits }: PromptFilesNoteProps) {
  const { waiting, unusable, taken, stopped, undo, again } = usePromptFiles({ rows, uploads, edits });
  // An image may still be on its way to the list.
  const isWhole = waiting.length === 0 || (state.adding === 0 && uploads.allAmong(rows));
  const lost = isWhole && stopped === null ? waiting : [];
  const entries = [
    ...lost.map((file) => ({
      ...file,
      happened: `"${nameOf(file)}" has no image called "${textStem(file.name)}" beside it.`,
      todo: LATER,
    })),
    ...unusable,
  ];
  return (
    <>
      {taken.files > 0 && (
        <Note
          actions={
            <>
              <Button size="small" look="ghost" onClick={undo}>
                Undo
              </Button>
              <IconButton
                label="Hide this note"
                icon={<X aria-hidden />}
                onClick={() => uploads.promptFiles.forgetTaken()}
              />
            </>
          }
        >
          {plural(taken.files, "text file")} became{" "}
          {plural(taken.before.length, "image's own prompt", "images' own prompts")}.
        </Note>
      )}
      {stopped !== null && (
        <Note
          actions={
            <Button size="small" look="ghost" onClick={again}>
              Try again
            </Button>
          }
        >
          The words of {plural(waiting.length, "text file")} were not saved. {stopped}
        </Note>
      )}
      <FoldedNote
        label="Text files that were not used"
        title={`${plural(entries.length, "text file")} ${entries.length === 1 ? "was" : "were"} not used: ${namesOf(entries)}`}
        entries={entries.map(({ happened, todo, ...file }) => ({ key: nameOf(file), happened, todo }))}
        onClear={() => uploads.promptFiles.forgetUnused()}
      />
    </>
  );
}

const LATER = "Add the image, and this becomes its prompt.";

function namesOf(files: readonly { name: string; path: string }[]): string {
  const named = files.slice(0, NAMED).map(nameOf).join(", ");
  return files.length > NAMED ? `${named} and ${files.length - NAMED} more` : named;
}
