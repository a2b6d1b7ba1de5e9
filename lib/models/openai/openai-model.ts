import type { Connection } from "@/lib/connections/types";
import type { ImageModel, PlanNote } from "../types";
import { catalogueFor, shutdownWarning } from "./catalogue";
import { DIALECT_RULES } from "./dialects/rules";
import { priceRange } from "./pricing";

/**
 * A model behind a connection: the provider's own, or one on a server that speaks nearly like it. This file is loaded
 * by the web process too: the SDK and everything that sends are loaded by the first `make`.
 */
export function openaiModel(connection: Connection, modelId: string): ImageModel {
  const facts = catalogueFor(connection.dialect, modelId);
  const rules = DIALECT_RULES[connection.dialect];
  return {
    id: modelId,
    label: facts.label,
    connection: connection.key,
    isolated: false,
    capabilities: facts.capabilities,
    plan: ({ prompt }) => warnings([...promptWarnings(prompt, facts), ...rules.promptNotes(prompt)]),
    price: (request) => priceRange(facts, request),
    async batches() {
      if (!facts.capabilities.economy) return null;
      const { openaiBatches } = await import("./batch/openai-batches");
      return openaiBatches({ connection, facts, rules });
    },
    async make(request, options) {
      const { makeImage } = await import("./make-image");
      return makeImage({ connection, facts, rules }, request, options);
    },
  };
}

function promptWarnings(prompt: string, facts: ReturnType<typeof catalogueFor>): string[] {
  const { label, capabilities } = facts;
  const over = prompt.length > capabilities.maxPromptChars;
  const chars = (count: number) => count.toLocaleString("en");
  const ends = shutdownWarning(facts);
  return [
    ...(over
      ? [
          `The prompt is ${chars(prompt.length)} characters; ${label} takes ${chars(capabilities.maxPromptChars)}`,
        ]
      : []),
    ...(ends ? [`${label} ${ends}`] : []),
  ];
}

function warnings(texts: string[]): PlanNote[] {
  return texts.map((text) => ({ kind: "warning", text }));
}
