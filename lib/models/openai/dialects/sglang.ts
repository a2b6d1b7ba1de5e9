import { SERVER_CAPABILITIES } from "../catalogue/capabilities";
import { DIFFUSION_FIELDS, plainRules } from "./plain-rules";
import type { DialectRules } from "./types";

export const sglangRules: DialectRules = {
  ...plainRules({ fields: DIFFUSION_FIELDS, image: { one: "image", many: "image[]" }, mask: "mask" }),
  // It takes a mask and makes no use of it: none is offered.
  capabilities: { ...SERVER_CAPABILITIES, mask: false },
};
