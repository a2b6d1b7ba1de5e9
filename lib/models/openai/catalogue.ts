import type { Dialect } from "@/lib/connections/types";
import { env } from "@/lib/env";
import { ENTRIES, unknownModel } from "./catalogue/entries";
import type { CatalogueOverride } from "./catalogue/override";
import type { ModelFacts } from "./catalogue/types";
import { DIALECT_RULES } from "./dialects/rules";

/** Servers of one's own may take their time: a large model on a small card needs minutes. */
const SERVER_TIMEOUT_MS = 600_000;

/**
 * What is known of a model behind a connection of that dialect, with the operator's changes. A model nobody knows gets
 * cautious facts.
 */
export function catalogueFor(dialect: Dialect, modelId: string): ModelFacts {
  if (dialect !== "openai") return changed(serverModel(dialect, modelId), env().OPENAI_CATALOGUE);
  return openaiCatalogue().find(({ id }) => id === modelId) ?? unknownModel(modelId);
}

/** All models of the provider this installation knows, in the order pages show them. */
export function openaiCatalogue(): ModelFacts[] {
  return merged(ENTRIES, env().OPENAI_CATALOGUE);
}

/** "ends on 1 December 2026", or "ended on …" once that day is over; null: no end is known. */
export function shutdownWarning({ shutdown }: Pick<ModelFacts, "shutdown">, now = new Date()): string | null {
  if (!shutdown) return null;
  const day = new Date(`${shutdown}T00:00:00Z`);
  const words = day.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return `${now < day ? "ends" : "ended"} on ${words}`;
}

function merged(entries: readonly ModelFacts[], override: CatalogueOverride | undefined): ModelFacts[] {
  const named = Object.keys(override?.models ?? {});
  const added = named.filter((id) => !entries.some((entry) => entry.id === id));
  return [...entries, ...added.map(unknownModel)].map((facts) => changed(facts, override));
}

function changed(facts: ModelFacts, override: CatalogueOverride | undefined): ModelFacts {
  const { capabilities, rates, ...change } = override?.models[facts.id] ?? {};
  return {
    ...facts,
    ...change,
    capabilities: { ...facts.capabilities, ...capabilities },
    rates: { ...facts.rates, ...rates },
  };
}

function serverModel(dialect: Exclude<Dialect, "openai">, id: string): ModelFacts {
  return {
    ...unknownModel(id),
    capabilities: DIALECT_RULES[dialect].capabilities,
    rates: { textIn: 0, imageIn: 0, imageOut: 0 },
    output: { kind: "free" },
    timeoutMs: SERVER_TIMEOUT_MS,
  };
}
