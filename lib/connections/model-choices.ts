import { catalogueFor, openaiCatalogue, shutdownWarning } from "@/lib/models/openai/catalogue";
import { models } from "@/lib/models/registry";
import { STUDIO_CONNECTION } from "./constants";
import type { Dialect, ModelChoice } from "./types";

/** What runs in this installation itself, as choices. */
export function builtInChoices(): ModelChoice[] {
  return models().map(({ id, label, capabilities }) => ({
    connection: STUDIO_CONNECTION,
    connectionLabel: "Built in",
    model: id,
    label,
    capabilities,
    warning: null,
  }));
}

type Offering = {
  id: string;
  label: string;
  dialect: Dialect;
  /** Ids its server named when it was last asked; empty: it was not asked. */
  models: readonly string[];
};

/** What a connection offers, the model to start with first: the one its operator prefers, where they do. */
export function choicesOf(
  { id, label, dialect, models: named }: Offering,
  { preferred = "" } = {},
): ModelChoice[] {
  const ids = dialect === "openai" ? openaiIds(named) : named;
  return [...new Set([preferred, ...ids])].filter(Boolean).map((model) => {
    const facts = catalogueFor(dialect, model);
    return {
      connection: id,
      connectionLabel: label,
      model,
      label: facts.label,
      capabilities: facts.capabilities,
      warning: shutdownWarning(facts),
    };
  });
}

/**
 * Of the models that are known, those the server has; all of them before it was asked. A server that has none of them
 * but speaks the same way offers its own.
 */
function openaiIds(named: readonly string[]): readonly string[] {
  const offered = openaiCatalogue()
    .filter((facts) => facts.offered)
    .map(({ id }) => id);
  if (named.length === 0) return offered;
  const both = offered.filter((id) => named.includes(id));
  return both.length > 0 ? both : named;
}
