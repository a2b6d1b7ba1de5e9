import type { ProviderSettings, SessionSettings } from "./types";

/** What a provider is asked for unless someone chooses. Never `auto`, so that a price can be told before. */
export const DEFAULT_PROVIDER: ProviderSettings = {
  quality: "medium",
  size: "source",
  background: "auto",
  moderation: "auto",
  complexity: null,
  seed: null,
  negativePrompt: "",
  steps: null,
};

/** What a new session starts with. Apart from the schemas, so that a page does not load the validator for it. */
export const DEFAULT_SETTINGS: SessionSettings = {
  connection: "studio",
  model: "studio",
  provider: DEFAULT_PROVIDER,
  lane: "live",
  parallel: null,
  reuse: true,
  whenUnknown: "repeat",
  practice: "off",
  output: { format: "png", quality: 90, size: { mode: "keep" } },
  namePattern: "{source}",
};

/** Name of a session nobody has named. */
export const UNTITLED = "Untitled session";
