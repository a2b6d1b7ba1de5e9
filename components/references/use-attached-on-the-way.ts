"use client";

import { useReferenceUploads } from "@/components/uploads/use-uploads";
import { useAttached } from "./use-attached";

/**
 * References and masks that are not ready yet: `coming` ones get there by themselves, `missing` ones only when someone
 * chooses the file again. A run that began now would go without them.
 */
export function useAttachedOnTheWay(sessionId: string): { coming: number; missing: number } {
  const { state } = useAttached(sessionId);
  const { uploads, state: uploadState } = useReferenceUploads(sessionId);
  // A mask is sent by its editor, which stays open until it is saved.
  const open = state.rows.filter(
    (row) => row.state === "probing" || (row.state === "uploading" && row.role === "reference"),
  );
  const missing = open.filter(({ id, state: at }) => at === "uploading" && isStuck(uploads.task(id)?.state));
  return { coming: open.length - missing.length + uploadState.adding, missing: missing.length };
}

/** Nobody sends it, or sending it failed. */
function isStuck(task: "waiting" | "sending" | "sent" | "failed" | undefined): boolean {
  return task === undefined || task === "failed";
}
