"use client";

import { useMemo } from "react";
import { patchInputs } from "@/components/inputs/patch-inputs";
import { usePokeOnUpload } from "@/components/inputs/use-poke-on-upload";
import { answered } from "@/components/items/use-item-actions";
import { type LiveSession, useFeed } from "@/components/sessions/use-session-feed";
import { useToast } from "@/components/ui/toast";
import { checkFile } from "@/components/uploads/check-file";
import type { Picked } from "@/components/uploads/picked-files";
import type { UploadTask } from "@/components/uploads/upload-queue";
import { useUploads, useUploadTask } from "@/components/uploads/use-uploads";
import { refusalWords } from "@/lib/images/refusals";
import { removeInputsAction, restoreInputsAction } from "@/lib/inputs/actions";
import type { InputRow } from "@/lib/inputs/wire";

export type Original = {
  /** The one image of the chain; null before there is one. */
  row: InputRow | null;
  /** Its file, while this tab has it. */
  file: File | null;
  task: UploadTask | undefined;
  /** Uploads that stand still, in words. */
  halted: string | null;
  take: (picked: readonly Picked[]) => Promise<void>;
  retry: () => void;
};

const STARTED =
  "The image of a chain that has run stays. Duplicate the session, or make a new one, for another image.";

/** The image a chain begins with. A second one replaces it, which can be undone while nothing has run. */
export function useOriginal(live: LiveSession): Original {
  const { store, poke } = live;
  const toast = useToast();
  const { uploads, state } = useUploads(store.sessionId);
  usePokeOnUpload(live, state);
  const inputs = useFeed(store, (feed) => feed.inputs);
  const row = useMemo(() => newestOf(inputs.values()), [inputs]);
  const task = useUploadTask(uploads, row?.id ?? "");

  async function swap(remove: InputRow | null, restore: InputRow | null) {
    const ask = { sessionId: store.sessionId };
    if (restore) {
      patchInputs(store, [restore.id], { removed: false });
      await answered(restoreInputsAction({ ...ask, inputIds: [restore.id] }));
      uploads.restore([restore]);
    }
    if (remove) {
      patchInputs(store, [remove.id], { removed: true });
      uploads.drop([remove.id]);
      await answered(removeInputsAction({ ...ask, inputIds: [remove.id] }));
    }
    poke();
  }

  async function take(picked: readonly Picked[]) {
    const [first] = picked;
    if (!first) return;
    if (store.get().pulse.state !== "draft") return toast.show({ tone: "error", text: STARTED });
    const refusal = await checkFile(first.file);
    if (refusal) return toast.show({ tone: "error", text: refusalWords(refusal, first.file.name) });
    const resumes = row?.state === "uploading" && !task && row.name === first.file.name;
    if (row && !resumes) await swap(row, null);
    await uploads.add([first], resumes ? [row] : []);
    const more =
      picked.length > 1 ? ` The other ${picked.length - 1} were left: a chain starts from one image.` : "";
    if (!row || resumes) {
      if (more) toast.show({ text: `"${first.file.name}" was taken.${more}` });
      return;
    }
    toast.show({
      text: `"${row.name}" was replaced by "${first.file.name}".${more}`,
      action: { label: "Undo", onPress: () => void swap(newestOf(store.get().inputs.values()), row) },
    });
  }

  return {
    row,
    file: row ? uploads.fileOf(row.id) : null,
    task,
    halted: state.halted ?? state.unregistered?.words ?? null,
    take,
    retry: () => (state.unregistered ? void uploads.addUnregistered() : uploads.retry(row?.id)),
  };
}

function newestOf(rows: Iterable<InputRow>): InputRow | null {
  const there = [...rows].filter(({ removed }) => !removed);
  return there.toSorted((a, b) => a.position - b.position).at(-1) ?? null;
}
