"use client";

import { FileImage, Trash2 } from "lucide-react";
import { type ChangeEvent, useRef, useState } from "react";
import { AttachLine } from "@/components/references/attach-line";
import { useDropZone } from "@/components/references/use-drop-zone";
import { type AttachModel, maskWords } from "@/components/references/used-references";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { thumbFor } from "@/lib/images/thumb-sizes";
import type { InputRow } from "@/lib/inputs/wire";
import { AlikeChoice } from "./alike-choice";
import { MaskStage } from "./mask-stage";
import { MaskTools } from "./mask-tools";
import { firstTools, type ToolState } from "./tools";
import { useEditorKeys } from "./use-editor-keys";
import { useMaskEditor } from "./use-mask-editor";

type MaskEditorProps = {
  sessionId: string;
  row: InputRow;
  /** Other selected images of exactly the same size. */
  alike: readonly string[];
  model: AttachModel | undefined;
  onClose: () => void;
};

/** Says where a picture may change: drawn over it, or taken from a file. */
export function MaskEditor({ sessionId, row, alike, model, onClose }: MaskEditorProps) {
  const editor = useMaskEditor({ sessionId, row, onClose });
  const { mask, stored, pending } = editor;
  const [tools, setTools] = useState<ToolState>(() => firstTools(mask.canvas.size));
  const [forAlike, setForAlike] = useState(false);
  const { zone } = useDropZone(([first]) => first && void editor.takeFile(first.file));
  const change = (next: Partial<ToolState>) => setTools((now) => ({ ...now, ...next }));
  const unused = model && maskWords(model);
  const save = () => void editor.save(forAlike ? alike : []);
  const empty = mask.share === 0;
  useEditorKeys({ mask, save: empty || pending ? null : save });
  return (
    <Dialog
      open
      size="full"
      onOpenChange={(open) => !open && editor.close()}
      title={`Mask of "${row.name}"`}
      description="Mark what may change. Models take it as a hint: edges can move a little."
      actions={
        <>
          {stored && (
            <Button look="danger" className="mr-auto" icon={<Trash2 aria-hidden />} onClick={editor.remove}>
              Remove mask
            </Button>
          )}
          <AlikeChoice count={alike.length} row={row} checked={forAlike} onChange={setForAlike} />
          <Button look="ghost" onClick={editor.close}>
            Cancel
          </Button>
          <Button
            look="primary"
            pending={pending}
            disabled={empty}
            aria-describedby="mask-share"
            onClick={save}
          >
            {forAlike ? `Save mask for ${alike.length + 1}` : "Save mask"}
          </Button>
        </>
      }
    >
      <div {...zone} className="flex h-full min-h-0 flex-col gap-4 lg:flex-row">
        <div className="flex min-h-[min(52dvh,420px)] min-w-0 flex-1 flex-col gap-2">
          <MaskStage
            mask={mask}
            tools={tools}
            onTools={change}
            picture={{ src: pictureOf(row, tools.zoomed), alt: `"${row.name}" under the mask` }}
          />
          <p id="mask-share" role="status" className="edge-print">
            {shareWords(mask.share)}
          </p>
          <p id="mask-keys" className="sr-only">
            Keys: B brush, E eraser, R rectangle, H move, [ and ] or minus and plus size the brush. With the
            rectangle, arrows move it, Shift and arrows size it, Enter marks it, Delete erases it.
          </p>
        </div>
        <div className="flex shrink-0 flex-col gap-4 lg:w-64">
          <MaskTools mask={mask} tools={tools} onTools={change} pixels={row.width / mask.canvas.size.width} />
          <MaskFile onFile={editor.takeFile} />
          {unused && <AttachLine>{unused}</AttachLine>}
          {editor.note && <AttachLine>{editor.note}</AttachLine>}
          <div role="alert">{editor.error && <AttachLine tone="err">{editor.error}</AttachLine>}</div>
        </div>
      </div>
    </Dialog>
  );
}

function MaskFile({ onFile }: { onFile: (file: File) => Promise<void> }) {
  const input = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (file) void onFile(file);
    event.target.value = "";
  };
  return (
    <div className="flex flex-col items-start gap-1.5">
      <Button size="small" icon={<FileImage aria-hidden />} onClick={() => input.current?.click()}>
        Take from a file
      </Button>
      <p className="text-ink-3 text-pill">
        PNG or WebP: transparent parts are marked. In a file without transparency, white parts are.
      </p>
      <input
        ref={input}
        type="file"
        accept="image/png,image/webp,image/jpeg"
        onChange={take}
        aria-label="Mask file"
        tabIndex={-1}
        className="sr-only"
      />
    </div>
  );
}

/** As large as the stage shows it. */
function pictureOf({ imageId, width, height }: InputRow, zoomed: boolean): string {
  const largest = thumbFor(1280, width, height);
  return `/api/files/${imageId}/${zoomed && Math.max(width, height) > largest ? "full" : largest}`;
}

function shareWords(share: number): string {
  if (share === 0) return "Nothing is marked yet. Mark what may change.";
  const percent = share * 100;
  return `${percent < 1 ? "Less than 1" : Math.round(percent)} % of the image is marked and may change.`;
}
