import { SERVER_CAPABILITIES } from "../catalogue/capabilities";
import type { DialectRules, Fields } from "./types";

const FIELDS: Fields = {
  model: "model",
  prompt: "prompt",
  n: "n",
  size: "size",
  format: "output_format",
  compression: "output_compression",
  seed: "seed",
  negativePrompt: "negative_prompt",
  steps: "num_inference_steps",
  responseFormat: "response_format",
};

export const vllmOmniRules: DialectRules = {
  capabilities: SERVER_CAPABILITIES,
  maskInk: "white",
  editFormats: null,
  generate: { path: "/images/generations", fields: FIELDS },
  edit: {
    kind: "form",
    path: "/images/edits",
    image: { one: "image", many: "image" },
    mask: "mask_image",
    fields: FIELDS,
  },
  maskedEdit: null,
  autoSize: null,
  prompt: ({ prompt }) => prompt,
  promptNotes: () => [],
};
