import { OPENAI_CAPABILITIES } from "../catalogue/capabilities";
import { PROVIDER_FIELDS, plainRules } from "./plain-rules";
import type { DialectRules, Fields } from "./types";

// `input_fidelity` is never sent: current models refuse it.
const FIELDS: Fields = {
  ...PROVIDER_FIELDS,
  quality: "quality",
  background: "background",
  moderation: "moderation",
  complexity: "complexity",
  endUser: "safety_identifier",
};

export const openaiRules: DialectRules = {
  ...plainRules({ fields: FIELDS, image: { one: "image", many: "image[]" }, mask: "mask" }),
  capabilities: OPENAI_CAPABILITIES,
  maskInk: "clear",
  autoSize: "auto",
};
