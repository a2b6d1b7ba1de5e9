import { laneOf } from "@/lib/batches/lane-of";
import type { Lane } from "@/lib/batches/types";
import { preparedSize } from "@/lib/images/prepared-size";
import type { AttemptUsage } from "@/lib/items/types";
import type { PriceRange, PriceRequest } from "../types";
import type { ModelFacts } from "./catalogue/types";
import { MAX_INPUT_EDGE } from "./constants";
import { providerSize } from "./sizes";
import { inputTokens, mostTextTokens, outputTokens, type TokenRange } from "./tokens";

/** Of any model there is. */
const WIDEST = { maxRatio: 3, minPixels: 655_360, maxPixels: 8_294_400 };

/**
 * What one call costs, micro-dollars. Both ends are equal where quality and size are explicit; then the text counts in
 * full, a token for each character. `max` is never below what may be charged.
 */
export function priceRange(facts: ModelFacts, request: PriceRequest): PriceRange {
  if (!facts.capabilities.paid || facts.output.kind === "free") return { min: 0, max: 0 };
  const { rates } = facts;
  const images = request.inputs.map((input) => inputTokens(facts.input, preparedSize(input, MAX_INPUT_EDGE)));
  const source = images[0] ?? 0;
  const given =
    images.reduce((sum, tokens) => sum + tokens, 0) * rates.imageIn +
    mostTextTokens(request.promptChars) * rates.textIn;
  // Whether a mask counts as a picture is not published.
  const mask = request.masked ? source * rates.imageIn : 0;
  const made = outputRange(facts, request);
  const lane = laneOf(request.lane, facts);
  return {
    min: inLane(Math.ceil(given + made.min * rates.imageOut), lane),
    max: inLane(Math.ceil(given + mask + made.max * rates.imageOut), lane),
  };
}

/** The provider takes half for what it may make within 24 hours. */
export function inLane(amount: number, lane: Lane): number {
  return lane === "economy" ? Math.ceil(amount / 2) : amount;
}

/** `auto`, and a quality the table does not have, may turn out as any of them. */
function outputRange({ output, capabilities }: ModelFacts, { provider, inputs }: PriceRequest): TokenRange {
  if (output.kind === "free") return { min: 0, max: 0 };
  const rule = capabilities.sizes;
  const size = providerSize(rule, provider.size, inputs[0] ?? null);
  const limits = rule.kind === "free" ? rule : WIDEST;
  const known = Object.keys(output.qualities);
  const asked = known.includes(provider.quality) ? [provider.quality] : known;
  const ranges = asked.flatMap((quality) => outputTokens(output, quality, size, limits) ?? []);
  return {
    min: Math.min(...ranges.map(({ min }) => min)),
    max: Math.max(...ranges.map(({ max }) => max)),
  };
}

/** What an answer cost by its own count, micro-dollars. Input it does not tell apart counts at the dearer rate. */
export function costOf({ rates }: Pick<ModelFacts, "rates">, usage: AttemptUsage): number {
  const input = usage.input_tokens ?? 0;
  const text = usage.input_text_tokens ?? 0;
  const image = usage.input_image_tokens ?? Math.max(0, input - text);
  const unknown = Math.max(0, input - text - image);
  const output = usage.output_tokens ?? 0;
  const dearer = Math.max(rates.textIn, rates.imageIn);
  return Math.ceil(text * rates.textIn + image * rates.imageIn + unknown * dearer + output * rates.imageOut);
}
