import type { Dialect, ModelChoice } from "@/lib/connections/types";
import { fitSettings } from "@/lib/models/fit-settings";
import type { SessionSettings } from "@/lib/sessions/types";
import type { StepContent } from "@/lib/steps/types";
import { isKind } from "./file-connections";
import type { RecipeContent } from "./types";

type Pair = { connection: string; model: string };

/** What there is to work with. */
export type Workplace = {
  choices: readonly Pick<ModelChoice, "connection" | "model" | "capabilities">[];
  /** The kind of each connection by its key. */
  kinds: ReadonlyMap<string, Dialect>;
  /** What a new session starts with. */
  fallback: SessionSettings;
};

/**
 * A recipe as it can be run here. A kind of connection becomes the first of that kind with the model; models and
 * connections that are not here are replaced by what a new session starts with, in steps by what the session has.
 * Notes say what was replaced, for people; none: nothing was.
 */
export function fitRecipe(
  { settings, steps }: RecipeContent,
  here: Workplace,
): { content: RecipeContent; notes: string[] } {
  const found = findPair(here, settings);
  const notes = found ? [] : [`This recipe names ${lackWords(here, settings)}`];
  const base = found ? { ...settings, ...found } : replaceModel(settings, here);
  const fitted = steps.map((step, at) => {
    const { connection, model } = step.settings ?? {};
    if (connection === undefined && model === undefined) return step;
    const named = { connection: connection ?? settings.connection, model: model ?? settings.model };
    const pair = findPair(here, named);
    if (pair) return { ...step, settings: pinned(step, pair, base) };
    notes.push(`Step ${at + 1} names ${lackWords(here, named)}`);
    return { ...step, settings: withoutModel(step) };
  });
  return { content: { settings: base, steps: fitted }, notes };
}

function findPair({ choices, kinds }: Workplace, wanted: Pair): Pair | null {
  const isIt = ({ connection, model }: Pair) =>
    model === wanted.model &&
    (connection === wanted.connection ||
      (isKind(wanted.connection) && kinds.get(connection) === wanted.connection));
  const choice = choices.find(isIt);
  return choice ? { connection: choice.connection, model: choice.model } : null;
}

function lackWords({ choices, kinds }: Workplace, { connection, model }: Pair): string {
  const isThere = choices.some(
    (choice) => choice.connection === connection || kinds.get(choice.connection) === connection,
  );
  return isThere
    ? `the model ${model}, which is not here; the default model is used.`
    : "a connection that is not here; the default model is used.";
}

function replaceModel(settings: SessionSettings, { choices, fallback }: Workplace): SessionSettings {
  const { connection, model } = fallback;
  const choice = choices.find((one) => one.connection === connection && one.model === model);
  const replaced = { ...settings, connection, model };
  return choice ? fitSettings(replaced, choice.capabilities) : replaced;
}

/** What a step inherits is left out, so that it follows when the session's model is changed. */
function pinned({ settings }: StepContent, pair: Pair, base: Pair): StepContent["settings"] {
  const inherits = settings?.connection === undefined && pair.connection === base.connection;
  return { ...settings, ...(inherits ? {} : { connection: pair.connection }) };
}

/** What a model is asked for goes with it; how the result is written stays. */
function withoutModel({ settings }: StepContent): StepContent["settings"] {
  return settings?.output ? { output: settings.output } : null;
}
