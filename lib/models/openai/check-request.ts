import { type MakeRequest, ModelError } from "../types";
import { wayOf } from "./dialects/build-call";
import type { Provider } from "./make-image";

/** Throws a ModelError for what the model cannot be asked, before anything is sent. */
export function checkRequest({ facts, rules }: Provider, request: MakeRequest): void {
  const { label, capabilities } = facts;
  const { source, references, mask, prompt } = request;
  if (prompt.length > capabilities.maxPromptChars) {
    const [has, takes] = [prompt.length, capabilities.maxPromptChars].map((count) =>
      count.toLocaleString("en"),
    );
    refuse(`The prompt is ${has} characters; ${label} takes ${takes}. Shorten it, then retry.`);
  }
  if ((source || references.length > 0) && !capabilities.edits)
    refuse(`${label} makes pictures from text only.`);
  if (!source && references.length === 0 && !capabilities.textToImage) {
    refuse(`${label} edits pictures, and this item has none.`);
  }
  const images = references.length + (source ? 1 : 0);
  if (images > capabilities.maxInputs) {
    refuse(
      `${images} pictures go along; ${label} takes ${capabilities.maxInputs}. Take references out, then retry.`,
    );
  }
  if (mask && !capabilities.mask) refuse(`${label} works without masks. Take the mask out, then retry.`);
  if (mask && !source) refuse("A mask needs the picture it belongs to, and this item has none.");
  if (mask && references.length > 0 && wayOf(rules, true) !== wayOf(rules, false)) {
    refuse(`${label} takes a mask or references, not both. Take one of them out, then retry.`);
  }
}

function refuse(words: string): never {
  throw new ModelError("bad_request", words);
}
