import { SERVER_CAPABILITIES } from "../catalogue/capabilities";
import type { DialectRules, Fields } from "./types";

const FIELDS: Fields = {
  model: "model",
  prompt: "prompt",
  n: "n",
  size: "size",
  seed: "seed",
  steps: "step",
  responseFormat: "response_format",
};

/**
 * LocalAI. It has no route for edits: a picture goes along with a generation, and with a mask to its route for
 * inpainting, which makes its own size and answers an address.
 */
export const localaiRules: DialectRules = {
  capabilities: { ...SERVER_CAPABILITIES, formats: ["png"] },
  maskInk: "white",
  editFormats: null,
  generate: { path: "/images/generations", fields: FIELDS },
  edit: {
    kind: "json",
    path: "/images/generations",
    image: "file",
    references: "ref_images",
    fields: FIELDS,
  },
  maskedEdit: {
    kind: "form",
    path: "/images/inpainting",
    image: { one: "image", many: "image" },
    mask: "mask",
    fields: { model: "model", prompt: "prompt", steps: "steps" },
  },
  autoSize: null,
  // "a|b" would make a picture of a without b.
  prompt: ({ prompt, negativePrompt }) => [prompt, negativePrompt].filter(Boolean).map(withoutBars).join("|"),
  promptNotes: (prompt) =>
    prompt.includes("|") ? ["This server cuts prompts at “|”: a “/” is sent in its place"] : [],
};

function withoutBars(text: string | undefined): string {
  return (text ?? "").replaceAll("|", "/");
}
