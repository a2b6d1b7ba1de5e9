"use client";

import { cn } from "@/components/ui/cn";
import { MAX_REFERENCES } from "@/lib/inputs/constants";
import { AttachLine } from "./attach-line";
import { ReferenceIntake } from "./reference-intake";
import { ReferenceList } from "./reference-list";
import { UploadTrouble } from "./upload-trouble";
import { useDropZone } from "./use-drop-zone";
import { useReferences } from "./use-references";

type ReferencesFieldProps = {
  sessionId: string;
  /** The image they are for; null: all of the session. */
  forInputId: string | null;
  label: string;
  /** References the chosen model still takes here. */
  room: number;
  /** What the model leaves out, in words. */
  unusedWords: string | null;
};

/** References of one image or of all: those there are, and where more come in by choosing, dropping or pasting. */
export function ReferencesField({ sessionId, forInputId, label, room, unusedWords }: ReferencesFieldProps) {
  const { rows, counted, uploads, state, take, remove } = useReferences(sessionId, forInputId);
  const { over, zone } = useDropZone(take);
  return (
    <div {...zone} className="flex flex-col gap-3">
      <div
        className={cn(
          "flex flex-wrap items-center justify-between gap-x-3 gap-y-2 rounded-control border border-line-strong border-dashed px-3 py-2",
          over && "border-accent",
        )}
      >
        <ReferenceIntake full={counted >= MAX_REFERENCES} onPicked={take} />
        <span className="text-ink-3 text-pill">
          <span className="pointer-coarse:hidden">or drop them here · </span>
          {counted} of {MAX_REFERENCES}
        </span>
      </div>
      <ReferenceList label={label} rows={rows} room={room} uploads={uploads} onRemove={remove} />
      {unusedWords && <AttachLine>{unusedWords}</AttachLine>}
      <UploadTrouble uploads={uploads} state={state} />
    </div>
  );
}
