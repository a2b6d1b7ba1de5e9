import "server-only";
import { type PricedChoice, priceChoices } from "./price-choices";
import { models } from "./registry";

/** Every model this person may choose, with its price. */
export function pricedChoices({ userId }: { userId: string }): Promise<PricedChoice[]> {
  const builtIn = models().map(({ id, label, capabilities }) => ({
    connection: "studio",
    connectionLabel: "Built in",
    model: id,
    label,
    capabilities,
    warning: null,
  }));
  return priceChoices({ choices: builtIn, ownerId: userId });
}
