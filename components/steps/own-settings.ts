import type { SessionSettings } from "@/lib/sessions/types";
import type { StepSettings } from "@/lib/steps/types";

/** What a step may have of its own instead of what all steps have. */
export type OwnPart = "model" | "output";

export function hasOwn(settings: StepSettings | null, part: OwnPart): boolean {
  return settings?.[part] !== undefined;
}

/** What holds for a step: its own, and what all have where it has none. */
export function effectiveSettings(base: SessionSettings, own: StepSettings | null): SessionSettings {
  return { ...base, ...own };
}

/** A step's settings with a part of its own, beginning with what held until now, or without. Null: nothing of its own. */
export function withOwn(
  settings: StepSettings | null,
  part: OwnPart,
  { on, effective }: { on: boolean; effective: SessionSettings },
): StepSettings | null {
  const { connection, model, provider, output } = settings ?? {};
  const models = part === "model" ? (on ? modelOf(effective) : {}) : defined({ connection, model, provider });
  const outputs = part === "output" ? (on ? { output: effective.output } : {}) : defined({ output });
  const next = { ...models, ...outputs };
  return Object.keys(next).length > 0 ? next : null;
}

/** What a change of the effective settings is for a step: only the parts it has of its own are kept. */
export function keepOwn(settings: StepSettings | null, changed: SessionSettings): StepSettings | null {
  return {
    ...(hasOwn(settings, "model") ? modelOf(changed) : {}),
    ...(hasOwn(settings, "output") ? { output: changed.output } : {}),
  };
}

function modelOf({ connection, model, provider }: SessionSettings): StepSettings {
  return { connection, model, provider };
}

function defined(part: StepSettings): StepSettings {
  const { connection, model, provider, output } = part;
  return {
    ...(connection === undefined ? {} : { connection }),
    ...(model === undefined ? {} : { model }),
    ...(provider === undefined ? {} : { provider }),
    ...(output === undefined ? {} : { output }),
  };
}
