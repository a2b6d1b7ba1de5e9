import type { z } from "zod";
import type { resultSetSchema } from "./schemas";
import type { providerSettingsSchema, sessionSettingsSchema } from "./settings-schema";

export type SessionSettings = z.infer<typeof sessionSettingsSchema>;
export type OutputSettings = SessionSettings["output"];
export type ResultSet = z.infer<typeof resultSetSchema>;
export type ProviderSettings = z.infer<typeof providerSettingsSchema>;

/** What was true at Start. Later edits of the draft fields never touch it. */
export type SessionSnapshot = { prompt: string; settings: SessionSettings; frozenAt: string };
