"use client";

import { ChevronLeft, ChevronRight, Images, Pencil, SquareDashed, Trash2 } from "lucide-react";
import { AttachedMarks } from "@/components/references/attached-marks";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Frame } from "@/components/ui/frame";
import type { UploadStore } from "@/components/uploads/upload-store";
import { useUploadTask } from "@/components/uploads/use-uploads";
import { refusalWords } from "@/lib/images/refusals";
import { type InputRow, isPromptRow } from "@/lib/inputs/wire";
import { inputFacts } from "./input-facts";
import { frameNumber, nameOf } from "./input-list";
import { InputState } from "./input-state";
import { useInputImage } from "./use-input-image";

type InputPreviewProps = {
  rows: readonly InputRow[];
  at: number;
  copyOf: ReadonlyMap<string, InputRow>;
  namesakes: ReadonlyMap<string, string>;
  uploads: UploadStore;
  onMove: (id: string) => void;
  onPrompt: (ids: readonly string[]) => void;
  onRemove: (ids: readonly string[]) => void;
  onAttach: (what: "mask" | "references", row: InputRow) => void;
  onClose: () => void;
};

/** One image large, with its facts. Arrow keys go through what the list shows. */
export function InputPreview(props: InputPreviewProps) {
  const { rows, at, copyOf, namesakes, uploads, onMove, onPrompt, onRemove, onAttach, onClose } = props;
  const row = rows[at];
  if (!row) return null;
  const go = (by: number) => {
    const next = rows[at + by];
    if (next) onMove(next.id);
  };
  const remove = () => {
    const next = rows[at + 1] ?? rows[at - 1];
    onRemove([row.id]);
    if (next) onMove(next.id);
    else onClose();
  };
  return (
    <Dialog
      open
      size="full"
      onOpenChange={(open) => !open && onClose()}
      title={nameOf(row)}
      description={`${frameNumber(row.position)} · ${inputFacts(row)}${row.alpha ? " · has transparency" : ""} · ${at + 1} of ${rows.length}`}
      // The tile of the image shown last takes the focus (InputGrid).
      onCloseAutoFocus={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === "ArrowRight") go(1);
        if (event.key === "ArrowLeft") go(-1);
        if (event.key === "Delete") remove();
      }}
      actions={
        <>
          <Button icon={<ChevronLeft aria-hidden />} disabled={at === 0} onClick={() => go(-1)}>
            Previous
          </Button>
          <Button
            icon={<ChevronRight aria-hidden />}
            disabled={at === rows.length - 1}
            onClick={() => go(1)}
            className="mr-auto"
          >
            Next
          </Button>
          <Button look="danger" icon={<Trash2 aria-hidden />} onClick={remove}>
            Remove
          </Button>
          {row.imageId && (
            <Button icon={<SquareDashed aria-hidden />} onClick={() => onAttach("mask", row)}>
              Mask
            </Button>
          )}
          {row.state !== "refused" && (
            <Button icon={<Images aria-hidden />} onClick={() => onAttach("references", row)}>
              References
            </Button>
          )}
          {row.state !== "refused" && (
            <Button icon={<Pencil aria-hidden />} onClick={() => onPrompt([row.id])}>
              Edit prompt
            </Button>
          )}
        </>
      }
    >
      <Stage
        key={row.id}
        row={row}
        copyOf={copyOf.get(row.id)}
        namesake={namesakes.get(row.id)}
        uploads={uploads}
      />
    </Dialog>
  );
}

function Stage({
  row,
  copyOf,
  namesake,
  uploads,
}: {
  row: InputRow;
  copyOf: InputRow | undefined;
  namesake: string | undefined;
  uploads: UploadStore;
}) {
  const task = useUploadTask(uploads, row.id);
  const image = useInputImage(row, uploads.fileOf(row.id), 1280, `Preview of ${row.name}`);
  return (
    <div className="flex h-full min-h-64 flex-col gap-3">
      <div className="grid min-h-0 flex-1 max-sm:min-h-[50dvh]">
        <Frame ratio="fill" image={image} className="bg-canvas">
          {isPromptRow(row) && (
            <span className="max-w-prose whitespace-pre-wrap text-base text-ink">
              {row.promptStart || "The session prompt"}
              {row.promptStart.length >= 200 && "…"}
            </span>
          )}
          {row.refusal && <span className="max-w-prose">{refusalWords(row.refusal, row.name)}</span>}
        </Frame>
      </div>
      <div className="flex min-h-5 flex-wrap items-center gap-2 text-dense">
        <InputState row={row} task={task} copyOf={copyOf} />
        {namesake && <span className="text-ink-2">{namesake}</span>}
        <AttachedMarks sessionId={uploads.sessionId} inputId={row.id} words />
        {row.promptMode !== "inherit" && !isPromptRow(row) && (
          <span className="text-ink-2">{row.promptStart}</span>
        )}
      </div>
    </div>
  );
}
