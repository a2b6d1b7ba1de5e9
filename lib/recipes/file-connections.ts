import { DIALECT_NAMES, STUDIO_CONNECTION } from "@/lib/connections/constants";
import type { Dialect } from "@/lib/connections/types";
import type { RecipeContent } from "./types";

/** For a connection that nobody knows any more. */
const UNKNOWN = "unknown";

/**
 * What of a recipe may leave the installation: a connection is named by its kind, never by its id. `kinds` has the
 * kind of each connection by its key; the built-in one stays as it is.
 */
export function withoutIds(
  { settings, steps }: RecipeContent,
  kinds: ReadonlyMap<string, Dialect>,
): RecipeContent {
  const kindOf = (key: string) => {
    if (key === STUDIO_CONNECTION || isKind(key)) return key;
    return kinds.get(key) ?? UNKNOWN;
  };
  return {
    settings: { ...settings, connection: kindOf(settings.connection) },
    steps: steps.map((step) => {
      const key = step.settings?.connection;
      return key === undefined ? step : { ...step, settings: { ...step.settings, connection: kindOf(key) } };
    }),
  };
}

/** Whether a recipe names a kind of connection where another names one of them. */
export function isKind(connection: string): boolean {
  return DIALECT_NAMES.some((kind) => kind === connection);
}
