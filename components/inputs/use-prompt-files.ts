"use client";

import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from "react";
import { useToast } from "@/components/ui/toast";
import type { PromptBefore, PromptFilesState } from "@/components/uploads/prompt-files";
import type { UploadStore } from "@/components/uploads/upload-store";
import type { InputDetails } from "@/lib/inputs/details";
import type { InputRow } from "@/lib/inputs/wire";
import { matchPromptFiles } from "./match-prompt-files";
import { restorePrompts } from "./restore-prompts";
import type { InputEdits } from "./use-input-edits";

const AWAY = "The server can't be reached.";

export type PromptFilesView = PromptFilesState & {
  undo: () => Promise<void>;
  again: () => void;
};

/** Gives the words of dropped text files to their images, also when one of the two comes later. */
export function usePromptFiles({
  rows,
  uploads,
  edits,
}: {
  rows: readonly InputRow[];
  uploads: UploadStore;
  edits: InputEdits;
}): PromptFilesView {
  const { promptFiles } = uploads;
  const state = useSyncExternalStore(promptFiles.subscribe, promptFiles.get, promptFiles.get);
  const toast = useToast();
  const busy = useRef(false);

  const settle = useEffectEvent(async () => {
    if (busy.current || state.stopped !== null) return;
    const { files, pairs } = matchPromptFiles(state.waiting, rows);
    if (files.length === 0) return;
    busy.current = true;
    const before = await Promise.all(pairs.map(({ row }) => promptOf(row))).catch(() => null);
    const each = pairs.map(({ row, prompt }) => ({ inputId: row.id, prompt }));
    const words = before ? await edits.setPrompts(each) : AWAY;
    busy.current = false;
    if (before && words === null) promptFiles.used(files, before);
    else promptFiles.stop(words);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows and files are what it waits for
  useEffect(() => void settle(), [state, rows]);

  async function undo() {
    const words = await restorePrompts(state.taken.before, edits);
    if (words) toast.show({ tone: "error", text: words });
    else promptFiles.forgetTaken();
  }
  return { ...state, undo, again: () => promptFiles.stop(null) };
}

/** The whole prompt a row has now; a long one is asked for. */
async function promptOf({ id, promptMode, promptStart }: InputRow): Promise<PromptBefore> {
  if (promptMode === "inherit" || promptStart.length < 200) {
    return { inputId: id, mode: promptMode, prompt: promptStart };
  }
  const answer = await fetch(`/api/inputs/${id}`);
  if (!answer.ok) throw new Error(`A prompt could not be read: ${answer.status}`);
  const details: InputDetails = await answer.json();
  return { inputId: id, mode: details.promptMode, prompt: details.prompt };
}
