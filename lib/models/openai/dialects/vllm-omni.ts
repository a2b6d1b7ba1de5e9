import { SERVER_CAPABILITIES } from "../catalogue/capabilities";
import { DIFFUSION_FIELDS, plainRules } from "./plain-rules";
import type { DialectRules } from "./types";

export const vllmOmniRules: DialectRules = {
  ...plainRules({ fields: DIFFUSION_FIELDS, image: { one: "image", many: "image" }, mask: "mask_image" }),
  capabilities: SERVER_CAPABILITIES,
};
