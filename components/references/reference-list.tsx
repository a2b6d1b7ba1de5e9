"use client";

import { X } from "lucide-react";
import { inputFacts } from "@/components/inputs/input-facts";
import { InputState, inputStateWords } from "@/components/inputs/input-state";
import { useInputImage } from "@/components/inputs/use-input-image";
import { cn } from "@/components/ui/cn";
import { Frame } from "@/components/ui/frame";
import { IconButton } from "@/components/ui/icon-button";
import type { UploadStore } from "@/components/uploads/upload-store";
import { useUploadTask } from "@/components/uploads/use-uploads";
import { refusalWords } from "@/lib/images/refusals";
import type { AttachedRow } from "@/lib/inputs/wire";

type ReferenceListProps = {
  label: string;
  rows: readonly AttachedRow[];
  /** Those from here on are not used. */
  room: number;
  uploads: UploadStore;
  onRemove?: (row: AttachedRow) => void;
};

/** References in the order they are sent. */
export function ReferenceList({ label, rows, room, uploads, onRemove }: ReferenceListProps) {
  if (rows.length === 0) return null;
  return (
    <ul aria-label={label} className="flex flex-col divide-y divide-line border-line border-y">
      {rows.map((row, index) => (
        <ReferenceLine key={row.id} row={row} unused={index >= room} uploads={uploads} onRemove={onRemove} />
      ))}
    </ul>
  );
}

function ReferenceLine({
  row,
  unused,
  uploads,
  onRemove,
}: { row: AttachedRow; unused: boolean } & Pick<ReferenceListProps, "uploads" | "onRemove">) {
  const task = useUploadTask(uploads, row.id);
  const image = useInputImage(row, uploads.fileOf(row.id), 256);
  const left = unused && row.state !== "refused";
  return (
    <li className="flex items-center gap-2.5 py-2">
      <div className={cn("w-14 shrink-0", left && "opacity-45")}>
        <Frame image={image} />
      </div>
      <div className="min-w-0 flex-1">
        <p className="truncate text-dense" title={row.name}>
          {row.name}
        </p>
        {row.refusal ? (
          <p className="text-err text-pill">{refusalWords(row.refusal, row.name)}</p>
        ) : (
          <p className="edge-print">{left ? "not used" : inputFacts(row)}</p>
        )}
      </div>
      {row.state !== "refused" && (
        <>
          <span className="sr-only">{inputStateWords({ row, task, copyOf: undefined })}</span>
          <InputState row={row} task={task} copyOf={undefined} />
        </>
      )}
      {onRemove && (
        <IconButton
          label={`Remove reference ${row.name}`}
          icon={<X aria-hidden />}
          onClick={() => onRemove(row)}
        />
      )}
    </li>
  );
}
