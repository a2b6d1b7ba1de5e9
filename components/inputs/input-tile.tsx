"use client";

import { Pencil, RotateCw, Trash2 } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, memo } from "react";
import { AttachedMarks } from "@/components/references/attached-marks";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Frame } from "@/components/ui/frame";
import { IconButton } from "@/components/ui/icon-button";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { UploadStore } from "@/components/uploads/upload-store";
import { useUploadTask } from "@/components/uploads/use-uploads";
import { refusalParts } from "@/lib/images/refusals";
import { type InputRow, isPromptRow } from "@/lib/inputs/wire";
import { inputFacts } from "./input-facts";
import { frameNumber } from "./input-list";
import { InputState, inputStateWords } from "./input-state";
import { useInputImage } from "./use-input-image";

export type TileActions = {
  onOpen: (id: string) => void;
  onToggle: (id: string, event: { shiftKey: boolean }) => void;
  onPrompt: (ids: readonly string[]) => void;
  onRemove: (ids: readonly string[]) => void;
};

type InputTileProps = TileActions & {
  row: InputRow;
  copyOf: InputRow | undefined;
  /** What becomes of its name, when another has it too. */
  namesake: string | undefined;
  uploads: UploadStore;
  selected: boolean;
  /** Some tile is selected, so every tile shows its box. */
  selecting: boolean;
  /** The one tile that Tab reaches. */
  focusable: boolean;
  onFocus: (id: string) => void;
};

/** One frame of the Bulk Input List. The frame is the button; the small controls are for the mouse. */
export const InputTile = memo(function InputTile(props: InputTileProps) {
  const { row, copyOf, namesake, uploads, selected, selecting, focusable, onFocus, onOpen, onToggle } = props;
  const task = useUploadTask(uploads, row.id);
  const press = (event: MouseEvent | KeyboardEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey) onToggle(row.id, event);
    else onOpen(row.id);
  };
  return (
    <div className="group/tile @container">
      <div className="edge-print mb-1 flex justify-between gap-2 whitespace-nowrap">
        <span>→ {frameNumber(row.position)}</span>
        <span className="@max-[170px]:hidden truncate">{inputFacts(row)}</span>
      </div>
      <div className="relative">
        <button
          type="button"
          data-cell={row.id}
          tabIndex={focusable ? 0 : -1}
          aria-label={`${row.name}, ${inputStateWords({ row, task, copyOf, namesake })}, ${row.position}`}
          onClick={press}
          onFocus={() => onFocus(row.id)}
          className={cn(
            "block w-full cursor-pointer text-left outline-offset-3",
            selected && "outline-2 outline-accent",
            row.excluded && row.imageId !== null && "opacity-50",
          )}
        >
          <TileFrame row={row} uploads={uploads} />
        </button>
        {row.state === "uploading" && task?.state === "sending" && (
          <ProgressBar
            label={`Upload of ${row.name}`}
            value={task.bytes > 0 ? task.sentBytes / task.bytes : 0}
            className="absolute inset-x-0 bottom-0 rounded-none"
          />
        )}
        <Checkbox
          checked={selected}
          tabIndex={-1}
          label={`Select ${row.name}`}
          onChange={() => onToggle(row.id, { shiftKey: false })}
          className={cn(
            "absolute top-1 left-1 bg-raised opacity-0 shadow-overlay transition-opacity group-focus-within/tile:opacity-100 group-hover/tile:opacity-100 pointer-coarse:opacity-100",
            selecting && "opacity-100",
          )}
        />
      </div>
      <TileFoot {...props} task={task} />
    </div>
  );
});

function TileFrame({ row, uploads }: Pick<InputTileProps, "row" | "uploads">) {
  const image = useInputImage(row, uploads.fileOf(row.id), 256);
  const words = row.refusal ? refusalParts(row.refusal, row.name).happened : "";
  return (
    <Frame image={image} className="bg-surface/40">
      {isPromptRow(row) ? (
        <span className="line-clamp-5 text-ink">{row.promptStart || "The session prompt"}</span>
      ) : (
        <span className="line-clamp-4">{words}</span>
      )}
    </Frame>
  );
}

function TileFoot({
  row,
  copyOf,
  namesake,
  uploads,
  task,
  onPrompt,
  onRemove,
}: InputTileProps & { task: ReturnType<typeof useUploadTask> }) {
  return (
    <div className="mt-1.5 flex h-7 items-center justify-between gap-2">
      <span className="truncate text-dense" title={row.name}>
        {row.name}
      </span>
      <span className="flex min-w-0 shrink-0 items-center">
        <AttachedMarks sessionId={uploads.sessionId} inputId={row.id} />
        <InputState row={row} task={task} copyOf={copyOf} namesake={namesake} />
        {task?.state === "failed" && (
          <Button
            size="small"
            tabIndex={-1}
            icon={<RotateCw aria-hidden />}
            onClick={() => uploads.retry(row.id)}
          >
            Retry
          </Button>
        )}
        {row.state !== "refused" && (
          <IconButton
            label={`Prompt of ${row.name}`}
            tabIndex={-1}
            icon={<Pencil aria-hidden />}
            onClick={() => onPrompt([row.id])}
          />
        )}
        <IconButton
          label={`Remove ${row.name}`}
          tabIndex={-1}
          icon={<Trash2 aria-hidden />}
          onClick={() => onRemove([row.id])}
        />
      </span>
    </div>
  );
}
