import { OPENAI_CAPABILITIES } from "../catalogue/capabilities";
import type { DialectRules, Fields } from "./types";

// `input_fidelity` is never sent: current models refuse it.
const FIELDS: Fields = {
  model: "model",
  prompt: "prompt",
  n: "n",
  size: "size",
  quality: "quality",
  background: "background",
  format: "output_format",
  compression: "output_compression",
  moderation: "moderation",
  complexity: "complexity",
  endUser: "safety_identifier",
};

export const openaiRules: DialectRules = {
  capabilities: OPENAI_CAPABILITIES,
  maskInk: "clear",
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
  autoSize: "auto",
  prompt: ({ prompt }) => prompt,
  promptNotes: () => [],
};
