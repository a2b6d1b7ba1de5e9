import "server-only";
import { listModelChoices } from "@/lib/connections/queries";
import { type PricedChoice, priceChoices } from "./price-choices";

/** Every model this person may choose, with its price. */
export async function pricedChoices({ userId }: { userId: string }): Promise<PricedChoice[]> {
  return priceChoices({ choices: await listModelChoices({ userId }), ownerId: userId });
}
