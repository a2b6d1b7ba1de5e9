"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useReferenceUploads } from "@/components/uploads/use-uploads";
import type { InputRow } from "@/lib/inputs/wire";
import { ReferenceList } from "./reference-list";
import { ReferencesField } from "./references-field";
import { useDropZone } from "./use-drop-zone";
import { useReferences } from "./use-references";
import { type AttachModel, referenceRoom, referenceWords } from "./used-references";

type ReferencesDialogProps = {
  sessionId: string;
  row: InputRow;
  model: AttachModel | undefined;
  onClose: () => void;
};

/** References of one image; those of the session come after them. */
export function ReferencesDialog({ sessionId, row, model, onClose }: ReferencesDialogProps) {
  const own = useReferences(sessionId, row.id);
  const shared = useReferences(sessionId, null);
  const { uploads } = useReferenceUploads(sessionId);
  const { zone } = useDropZone(own.take);
  const room = model ? referenceRoom(model) : Number.POSITIVE_INFINITY;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="medium"
      title={`References for "${row.name}"`}
      description="Images the model looks at beside this one. Its own come first, then those of the session."
      actions={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div {...zone} className="flex min-h-40 flex-col gap-5">
        <ReferencesField
          sessionId={sessionId}
          forInputId={row.id}
          label={`References for ${row.name}`}
          room={room}
          unusedWords={model ? referenceWords(model, own.counted + shared.counted) : null}
        />
        {shared.rows.length > 0 && (
          <section className="flex flex-col gap-2">
            <h3 className="font-medium text-dense">Of the session, for every image</h3>
            <ReferenceList
              label="References of the session"
              rows={shared.rows}
              room={Math.max(0, room - own.counted)}
              uploads={uploads}
            />
          </section>
        )}
      </div>
    </Dialog>
  );
}
