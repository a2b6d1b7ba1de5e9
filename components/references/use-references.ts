"use client";

import { useToast } from "@/components/ui/toast";
import type { Picked } from "@/components/uploads/picked-files";
import { useReferenceUploads } from "@/components/uploads/use-uploads";
import { MAX_REFERENCES } from "@/lib/inputs/constants";
import type { AttachedRow } from "@/lib/inputs/wire";
import { plural } from "@/lib/words";
import { useAttached } from "./use-attached";
import { useAttachedEdits } from "./use-attached-edits";

/** The references of one image (or, null, of the session) and what can be done with them. */
export function useReferences(sessionId: string, forInputId: string | null) {
  const { state: attached } = useAttached(sessionId);
  const { uploads, state } = useReferenceUploads(sessionId);
  const edits = useAttachedEdits(sessionId);
  const toast = useToast();
  const rows = attached.rows.filter((row) => row.role === "reference" && row.forInputId === forInputId);
  const counted = rows.filter((row) => row.state !== "refused").length;

  function take(picked: Picked[]) {
    // A file whose bytes never came may be chosen again; it takes no new place.
    const waiting = rows.filter((row) => row.state === "uploading" && !uploads.task(row.id)).length;
    const free = MAX_REFERENCES - counted + waiting;
    if (picked.length > free) {
      toast.show({
        tone: "error",
        text: `${plural(picked.length - free, "file")} not added: ${MAX_REFERENCES} references are the most a call takes.`,
      });
    }
    uploads.forgetRefused();
    void uploads.add(picked.slice(0, free), rows, { role: "reference", forInputId });
  }

  function remove(row: AttachedRow) {
    uploads.drop([row.id]);
    void edits.remove([row.id], `Reference "${row.name}" removed`);
  }
  return { rows, counted, uploads, state, take, remove };
}
