import type { SessionSettings } from "./types";

/** What a new session starts with. Apart from the schemas, so that a page does not load the validator for it. */
export const DEFAULT_SETTINGS: SessionSettings = {
  model: "studio",
  output: { format: "png", quality: 90, size: { mode: "keep" } },
  namePattern: "{source}",
};

/** Name of a session nobody has named. */
export const UNTITLED = "Untitled session";
