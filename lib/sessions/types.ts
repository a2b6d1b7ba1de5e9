import type { z } from "zod";
import type { providerSettingsSchema, sessionSettingsSchema } from "./schemas";

export type SessionSettings = z.infer<typeof sessionSettingsSchema>;
export type OutputSettings = SessionSettings["output"];
export type ProviderSettings = z.infer<typeof providerSettingsSchema>;

/** What was true at Start. Later edits of the draft fields never touch it. */
export type SessionSnapshot = { prompt: string; settings: SessionSettings; frozenAt: string };
