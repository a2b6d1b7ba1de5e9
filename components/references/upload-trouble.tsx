"use client";

import { RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { UploadState, UploadStore } from "@/components/uploads/upload-store";
import { refusalWords } from "@/lib/images/refusals";
import { plural } from "@/lib/words";
import { AttachLine } from "./attach-line";

/** References that are no rows yet, or whose bytes did not get through. */
export function UploadTrouble({ uploads, state }: { uploads: UploadStore; state: UploadState }) {
  const { summary, refused, unregistered, halted } = state;
  return (
    <div role="status" className="flex flex-col gap-2 empty:hidden">
      {refused.map(({ name, refusal }) => (
        <AttachLine key={name} tone="err">
          {refusalWords(refusal, name)}
        </AttachLine>
      ))}
      {halted && (
        <AttachLine tone="err" action={<Retry label="Go on" onClick={() => uploads.resume()} />}>
          {halted}
        </AttachLine>
      )}
      {unregistered && (
        <AttachLine tone="err" action={<Retry label="Retry" onClick={() => uploads.addUnregistered()} />}>
          {plural(unregistered.count, "reference")} not added. {unregistered.words}
        </AttachLine>
      )}
      {summary.failed > 0 && (
        <AttachLine tone="err" action={<Retry label="Retry" onClick={() => uploads.retry()} />}>
          {plural(summary.failed, "reference")} did not upload. The others are fine.
        </AttachLine>
      )}
    </div>
  );
}

function Retry({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button size="small" icon={<RotateCw aria-hidden />} onClick={onClick}>
      {label}
    </Button>
  );
}
