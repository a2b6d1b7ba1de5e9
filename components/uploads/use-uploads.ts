"use client";

import { useMemo, useSyncExternalStore } from "react";
import type { UploadTask } from "./upload-queue";
import { referenceUploadsOf, type UploadState, type UploadStore, uploadsOf } from "./upload-store";

/** Uploads of a session and what they are doing now. */
export function useUploads(sessionId: string): { uploads: UploadStore; state: UploadState } {
  const uploads = useMemo(() => uploadsOf(sessionId), [sessionId]);
  const state = useSyncExternalStore(uploads.subscribe, uploads.get, uploads.get);
  return { uploads, state };
}

/** Uploads of a session's references. */
export function useReferenceUploads(sessionId: string): { uploads: UploadStore; state: UploadState } {
  const uploads = useMemo(() => referenceUploadsOf(sessionId), [sessionId]);
  const state = useSyncExternalStore(uploads.subscribe, uploads.get, uploads.get);
  return { uploads, state };
}

/** The upload of one row, or undefined when this tab does not send it. Renders only when it moves. */
export function useUploadTask(uploads: UploadStore, inputId: string): UploadTask | undefined {
  const read = () => uploads.task(inputId);
  return useSyncExternalStore(uploads.subscribe, read, read);
}
