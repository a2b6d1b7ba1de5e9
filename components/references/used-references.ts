import type { Capabilities } from "@/lib/models/types";
import { countWords, plural } from "@/lib/words";

/** The chosen model, as far as it decides what of the attached files is used. */
export type AttachModel = {
  label: string;
  capabilities: Pick<Capabilities, "maxInputs" | "mask" | "textToImage">;
};

/** How many references one call of that model takes beside its source. */
export function referenceRoom(model: AttachModel): number {
  return Math.max(0, model.capabilities.maxInputs - 1);
}

/** What the model leaves out of `count` references, own ones first, in words; null when it takes all of them. */
export function referenceWords(model: AttachModel, count: number): string | null {
  const room = referenceRoom(model);
  if (count <= room) return null;
  if (room === 0) return `${model.label} uses no references. They are kept for models that do.`;
  const over = count - room;
  const left = over === 1 ? "The last one is" : `The last ${countWords(over)} are`;
  return `${model.label} takes ${room + 1} images a call: the source and ${plural(room, "reference")}. ${left} kept and not used.`;
}

/** Null when the model works with masks. */
export function maskWords(model: AttachModel): string | null {
  if (model.capabilities.mask) return null;
  return `${model.label} uses no masks. Yours is kept for models that do.`;
}

/** Null when the model makes pictures from words alone. */
export function promptRowWords(model: AttachModel): string | null {
  if (model.capabilities.textToImage) return null;
  return `${model.label} only edits images; it can't make one from words.`;
}
