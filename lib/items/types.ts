import type { OutputSettings } from "@/lib/sessions/types";

/** Settings as sent to the model, and what it reported to have used. */
export type AttemptSettings = {
  output: OutputSettings;
  asked?: Record<string, string | number | boolean>;
  used?: Record<string, string | number | boolean>;
};

/** What a provider billed by, as it reported it. */
export type AttemptUsage = Record<string, number>;
