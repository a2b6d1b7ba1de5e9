import type { Dialect } from "@/lib/connections/types";
import { localaiRules } from "./localai";
import { openaiRules } from "./openai";
import { sdServerRules } from "./sd-server";
import { sglangRules } from "./sglang";
import type { DialectRules } from "./types";
import { vllmOmniRules } from "./vllm-omni";

export const DIALECT_RULES: Record<Dialect, DialectRules> = {
  openai: openaiRules,
  "sd-server": sdServerRules,
  localai: localaiRules,
  "vllm-omni": vllmOmniRules,
  sglang: sglangRules,
};
