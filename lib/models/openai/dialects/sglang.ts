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

export const sglangRules: DialectRules = {
  // It takes a mask and makes no use of it: none is offered.
  capabilities: { ...SERVER_CAPABILITIES, mask: false },
  maskInk: "white",
  editFormats: null,
  generate: { path: "/images/generations", fields: FIELDS },
  edit: {
    kind: "form",
    path: "/images/edits",
    image: { one: "image", many: "image[]" },
    mask: "mask",
    fields: FIELDS,
  },
  maskedEdit: null,
  autoSize: null,
  prompt: ({ prompt }) => prompt,
  promptNotes: () => [],
};
