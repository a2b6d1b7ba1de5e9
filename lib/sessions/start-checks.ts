import type { ImageModel } from "@/lib/models/types";
import { formatMoney } from "@/lib/money";
import { type Refused, refused } from "@/lib/result";

/** What a model must be able to do for a group of items. */
type Group = { items: number; width: number | null; promptChars: number };

/** A model that only edits cannot make the rows that have no picture; one that only makes cannot edit. */
export function misfitOf(model: Pick<ImageModel, "label" | "capabilities">, groups: Group[]): Refused | null {
  const count = (fits: (group: Group) => boolean) =>
    groups.filter(fits).reduce((sum, { items }) => sum + items, 0);
  const fromText = count(({ width }) => width === null);
  const edits = count(({ width }) => width !== null);
  if (fromText > 0 && !model.capabilities.textToImage) {
    const words = `${fromText} rows are prompts without an image, and ${model.label} edits images. Choose a model that makes images from text, or remove these rows.`;
    return refused("model", words);
  }
  if (edits > 0 && !model.capabilities.edits) {
    return refused(
      "model",
      `${model.label} makes images from text and takes none. Choose a model that edits.`,
    );
  }
  const longest = Math.max(0, ...groups.map(({ promptChars }) => promptChars));
  if (longest > model.capabilities.maxPromptChars) {
    const words = `The longest prompt is ${longest} characters; ${model.label} takes ${model.capabilities.maxPromptChars}. Shorten it, then start.`;
    return refused("prompt", words);
  }
  return null;
}

/** A stop below the price of one image would never let anything begin. */
export function tooDear({ budget }: { budget: number | null }, worstPrice: number): Refused | null {
  if (budget === null || worstPrice <= budget) return null;
  const words = `One image may cost ${formatMoney(worstPrice)} and the stop is at ${formatMoney(budget)}. Raise the stop or choose a lower quality.`;
  return refused("budget", words);
}
