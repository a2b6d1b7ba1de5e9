import { OPENAI_CAPABILITIES } from "./capabilities";
import type { GridQuality, ModelFacts, OutputTokens } from "./types";

// Models, prices and token tables of the provider as of November 2026. OPENAI_CATALOGUE overrides any of it.

const TIMEOUT_MS = 280_000;
const RATES = { textIn: 5, imageIn: 8, imageOut: 30 };

const GRID_2: Record<string, GridQuality> = { low: { base: 16 }, medium: { base: 48 }, high: { base: 96 } };
const GRID_2_5: Record<string, GridQuality> = {
  low: { base: 16 },
  medium: { base: 24 },
  high: { base: 48 },
  xhigh: { base: 64 },
  max: { base: 96 },
};
/** Its drafts take three to four times those of 2.5; no table is published, so the price is a range. */
const GRID_2_6: Record<string, GridQuality> = {
  ...GRID_2_5,
  low: { base: 16, times: 4 },
  medium: { base: 24, most: 48 },
};
/** Of a model nobody knows: from the cheapest reading of any family to the dearest. */
const GRID_UNKNOWN: Record<string, GridQuality> = {
  low: { base: 16, times: 4 },
  medium: { base: 24, most: 48 },
  high: { base: 48, most: 96 },
  xhigh: { base: 64, most: 96 },
  max: { base: 96 },
};
const OLD_TABLE: OutputTokens = {
  kind: "table",
  qualities: {
    low: { square: 272, portrait: 408, landscape: 400 },
    medium: { square: 1056, portrait: 1584, landscape: 1568 },
    high: { square: 4160, portrait: 6240, landscape: 6208 },
  },
};

/** Cautious facts for an id this table does not have: everything allowed that a current model takes, priced high. */
export function unknownModel(id: string): ModelFacts {
  return {
    id,
    label: id,
    capabilities: OPENAI_CAPABILITIES,
    rates: RATES,
    output: { kind: "grid", qualities: GRID_UNKNOWN },
    input: "patches",
    shutdown: null,
    offered: true,
    timeoutMs: TIMEOUT_MS,
  };
}

function model(id: string, label: string, facts: Partial<ModelFacts>): ModelFacts {
  return { ...unknownModel(id), label, ...facts };
}

/**
 * Announced for gpt-image-2; batches of 2.5 were seen to work at half the price, of 2.6 nothing is known. A refusal
 * costs nothing and is told (lib/batches).
 */
const BATCHED = { ...OPENAI_CAPABILITIES, economy: true };

const OF_2_5: Partial<ModelFacts> = {
  output: { kind: "grid", qualities: GRID_2_5 },
  capabilities: BATCHED,
};
const OF_2_6: Partial<ModelFacts> = {
  output: { kind: "grid", qualities: GRID_2_6 },
  capabilities: { ...BATCHED, complexity: true },
};
const OF_2: Partial<ModelFacts> = {
  output: { kind: "grid", qualities: GRID_2 },
  capabilities: { ...BATCHED, qualities: ["auto", "low", "medium", "high"] },
};
const ENDING: Partial<ModelFacts> = {
  rates: { textIn: 5, imageIn: 8, imageOut: 32 },
  output: OLD_TABLE,
  input: "tiles",
  shutdown: "2026-12-01",
  offered: false,
  capabilities: {
    ...OPENAI_CAPABILITIES,
    qualities: ["auto", "low", "medium", "high"],
    sizes: { kind: "presets", presets: ["1024x1024", "1536x1024", "1024x1536"] },
  },
};

/** In the order pages show them; the first is what a new session starts with. */
export const ENTRIES: readonly ModelFacts[] = [
  model("gpt-image-2.5-flare", "GPT Image 2.5 Flare", OF_2_5),
  model("gpt-image-2.5-sunburst", "GPT Image 2.5 Sunburst", OF_2_5),
  model("gpt-image-2.6-flare", "GPT Image 2.6 Flare", OF_2_6),
  model("gpt-image-2.6-sunburst", "GPT Image 2.6 Sunburst", OF_2_6),
  model("gpt-image-2", "GPT Image 2", OF_2),
  model("gpt-image-2.5-flare-2026-09-08", "GPT Image 2.5 Flare, as of 8 September 2026", OF_2_5),
  model("gpt-image-2.5-sunburst-2026-09-08", "GPT Image 2.5 Sunburst, as of 8 September 2026", OF_2_5),
  model("gpt-image-2-2026-04-21", "GPT Image 2, as of 21 April 2026", OF_2),
  model("gpt-image-1.5", "GPT Image 1.5", ENDING),
  model("gpt-image-1-mini", "GPT Image 1 mini", {
    ...ENDING,
    rates: { textIn: 2, imageIn: 2.5, imageOut: 8 },
  }),
  model("chatgpt-image-latest", "ChatGPT Image", ENDING),
];
