"use client";

import { MaskEditor } from "@/components/masks/mask-editor";
import type { InputRow } from "@/lib/inputs/wire";
import { ReferencesDialog } from "./references-dialog";
import type { AttachModel } from "./used-references";

type AttachDialogProps = {
  what: "mask" | "references";
  sessionId: string;
  row: InputRow;
  /** What is selected in the list: a mask may go to those of the same size. */
  selected: readonly InputRow[];
  model: AttachModel | undefined;
  onClose: () => void;
};

/** What goes along with one image. */
export function AttachDialog({ what, selected, ...rest }: AttachDialogProps) {
  if (what === "references") return <ReferencesDialog {...rest} />;
  const { row } = rest;
  const alike = selected.filter(
    ({ id, state, imageId, width, height }) =>
      id !== row.id && state === "ready" && imageId && width === row.width && height === row.height,
  );
  return <MaskEditor {...rest} alike={alike.map(({ id }) => id)} />;
}
