"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { attachedOf } from "@/components/references/attached-store";
import { useAttachedTo } from "@/components/references/use-attached";
import { useAttachedEdits } from "@/components/references/use-attached-edits";
import { useToast } from "@/components/ui/toast";
import { checkFile } from "@/components/uploads/check-file";
import { refusalWords } from "@/lib/images/refusals";
import { copyMaskAction } from "@/lib/inputs/actions";
import type { AttachedRow, InputRow } from "@/lib/inputs/wire";
import { pixelsWords, plural } from "@/lib/words";
import { readMarks } from "./mask-canvas";
import { saveMask } from "./save-mask";
import { type Mask, useMask } from "./use-mask";

type Edited = { sessionId: string; row: InputRow; onClose: () => void };

/** A mask from opening to saving. What is not saved stays in the tab for the next time it is opened. */
export function useMaskEditor({ sessionId, row, onClose }: Edited) {
  const toast = useToast();
  const mask = useMask(row.id, row);
  const attached = attachedOf(sessionId);
  const stored = useAttachedTo(sessionId, row.id)?.mask ?? null;
  const edits = useAttachedEdits(sessionId);
  const copyTo = useCopyMask(sessionId);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [note, setNote] = useState<string | null>(null);
  useStoredMask({ mask, stored, onMissing: setError });

  async function takeFile(file: File) {
    setError(null);
    setNote(null);
    const refusal = await checkFile(file);
    if (refusal) return setError(refusalWords(refusal, file.name));
    const read = await readMarks(file, mask.canvas.size).catch(() => null);
    if (!read) return setError(`"${file.name}" can't be opened by this browser. Nothing was changed.`);
    mask.apply({ kind: "picture", marks: read.marks });
    setNote(fitWords(read, row));
  }

  async function save(alike: readonly string[]) {
    setPending(true);
    setError(null);
    const file = new File([await mask.canvas.toPng()], `${row.name.replace(/\.\w+$/, "")}-mask.png`, {
      type: "image/png",
    });
    const saved = await saveMask(attached, { inputId: row.id, file });
    if (!saved.ok) {
      setPending(false);
      return setError(saved.words);
    }
    mask.forget();
    if (alike.length > 0) await copyTo({ maskId: saved.maskId, alike, name: row.name });
    else toast.show({ text: `Mask of "${row.name}" saved` });
    onClose();
  }

  function remove() {
    const rows = attached
      .get()
      .rows.filter(({ role, forInputId }) => role === "mask" && forInputId === row.id);
    mask.forget();
    void edits.remove(
      rows.map(({ id }) => id),
      `Mask of "${row.name}" removed`,
    );
    onClose();
  }

  function close() {
    if (pending) return;
    if (mask.history.done.length > 0) {
      mask.keepForLater();
      toast.show({ text: `The mask of "${row.name}" is not saved. Open it again to go on.` });
    }
    onClose();
  }

  return { mask, stored, pending, error, note, takeFile, save, remove, close };
}

/** Gives a saved mask to other images, with undo. */
function useCopyMask(sessionId: string) {
  const toast = useToast();
  const edits = useAttachedEdits(sessionId);
  return async ({ maskId, alike, name }: { maskId: string; alike: readonly string[]; name: string }) => {
    const answer = await copyMaskAction({ sessionId, maskId, inputIds: [...alike] }).catch(() => null);
    await attachedOf(sessionId).load();
    if (!answer?.ok) {
      const why = answer?.words ?? "The server can't be reached.";
      return toast.show({ tone: "error", text: `The mask is saved for "${name}" alone. ${why}` });
    }
    const change = answer.value;
    toast.show({
      text: `Mask saved for ${plural(change.made.length + 1, "image")}`,
      action: { label: "Undo for the others", onPress: () => void edits.putBack(change) },
    });
  };
}

/** Draws what was saved before under what is drawn now. */
function useStoredMask({
  mask,
  stored,
  onMissing,
}: {
  mask: Mask;
  stored: AttachedRow | null;
  onMissing: (words: string) => void;
}) {
  const { size } = mask.canvas;
  const begin = useEffectEvent((marks: HTMLCanvasElement) => mask.begin({ kind: "picture", marks }));
  const fail = useEffectEvent(() =>
    onMissing("The mask there is could not be loaded. Saving takes its place."),
  );
  const imageId = mask.history.base ? null : (stored?.imageId ?? null);
  useEffect(() => {
    if (!imageId) return;
    const abort = new AbortController();
    fetch(`/api/files/${imageId}/full`, { signal: abort.signal })
      .then(async (answer) => {
        if (!answer.ok) return fail();
        const { marks } = await readMarks(await answer.blob(), size);
        if (!abort.signal.aborted) begin(marks);
      })
      .catch(() => !abort.signal.aborted && fail());
    return () => abort.abort();
  }, [imageId, size]);
}

/** Null when a mask file has the picture's proportions. */
function fitWords(file: { width: number; height: number }, row: InputRow): string | null {
  if (Math.abs(file.width / file.height - row.width / row.height) < 0.01) return null;
  return `The mask file has ${pixelsWords(file.width, file.height)} pixels, the image ${pixelsWords(row.width, row.height)}: it was stretched to fit.`;
}
