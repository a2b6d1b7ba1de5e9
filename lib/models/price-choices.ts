import "server-only";
import type { ModelChoice } from "@/lib/connections/types";
import { DEFAULT_SETTINGS } from "@/lib/sessions/constants";
import { fitSettings } from "./fit-settings";
import { resolveModel } from "./resolve";
import type { PriceRange } from "./types";

/** A choice with what one image of about a megapixel costs at a middling quality; null: costs nothing. */
export type PricedChoice = ModelChoice & { price: PriceRange | null };

const USUAL = { width: 1024, height: 1024 };
const USUAL_PROMPT = 300;

export async function priceChoices({
  choices,
  ownerId,
}: {
  choices: readonly ModelChoice[];
  ownerId: string;
}): Promise<PricedChoice[]> {
  return Promise.all(choices.map(async (choice) => ({ ...choice, price: await priceOf(choice, ownerId) })));
}

async function priceOf(choice: ModelChoice, ownerId: string): Promise<PriceRange | null> {
  if (!choice.capabilities.paid) return null;
  const model = await resolveModel({ ...choice, ownerId });
  if (!model) return null;
  const { provider } = fitSettings(DEFAULT_SETTINGS, choice.capabilities);
  const inputs = choice.capabilities.edits ? [USUAL] : [];
  return model.price({ provider, promptChars: USUAL_PROMPT, inputs });
}
