import { digestOf } from "@/lib/items/cache-key";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import type { OutputSettings, SessionSettings } from "@/lib/sessions/types";
import type { StepSettings } from "./types";

/** What a session says for all its steps. */
export type ChainBase = { prompt: string; settings: Partial<SessionSettings> };

type OwnOfStep = { prompt: string | null; settings: StepSettings | null };

/** Pictures on their way to another step lose nothing: no lossy format, no other size. */
const BETWEEN_STEPS: OutputSettings = { format: "png", quality: 100, size: { mode: "keep" } };

/** What a step asks for: its own, and the session's where it has none. */
export function withBase(base: ChainBase, step: OwnOfStep): { prompt: string; settings: SessionSettings } {
  return {
    prompt: step.prompt ?? base.prompt,
    settings: { ...DEFAULT_SETTINGS, ...base.settings, ...step.settings },
  };
}

/** How its result is written. The session's output is for the ends of a chain. */
export function outputOf(
  { settings }: { settings: SessionSettings },
  step: OwnOfStep,
  feedsOthers: boolean,
): OutputSettings {
  return feedsOthers ? (step.settings?.output ?? BETWEEN_STEPS) : settings.output;
}

/**
 * SHA-256, hex, of what a step asks for. A result made with another one is out of date. What decides only pace or
 * names is not part of it, nor whether a later step uses the result.
 */
export function fingerprintOf(base: ChainBase, step: OwnOfStep): string {
  const { prompt, settings } = withBase(base, step);
  const { connection, model, provider, output } = settings;
  return digestOf({ prompt, connection, model, provider, output });
}
