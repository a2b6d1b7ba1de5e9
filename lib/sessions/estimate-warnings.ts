import type { PriceRange } from "@/lib/models/types";
import { formatMoney } from "@/lib/money";
import { plural } from "@/lib/words";
import type { EstimateWarning } from "./wire";

/** A run above this many times the person's usual one is asked about before it starts (UX.md 2.3). */
const UNUSUAL = 3;

type WarningFacts = {
  items: number;
  price: PriceRange;
  budgetLeft: number | null;
  monthLeft: number | null;
  /** Median cost of this person's earlier paid runs; null before the first. */
  usual: number | null;
  /** Images with more references than the model takes. */
  crowded: number;
  maxInputs: number;
};

/** What should be known before Start, the gravest first. Amounts are micro-dollars. */
export function estimateWarnings({
  items,
  price,
  budgetLeft,
  monthLeft,
  usual,
  crowded,
  maxInputs,
}: WarningFacts): EstimateWarning[] {
  const warnings: EstimateWarning[] = [];
  if (items === 0 || price.max === 0) return warnings;
  if (budgetLeft !== null && budgetLeft < price.max) {
    warnings.push({ kind: "stop", words: stopWords({ left: budgetLeft, price, items, what: "your stop" }) });
  }
  if (monthLeft !== null && monthLeft < price.max) {
    warnings.push({ kind: "month", words: stopWords({ left: monthLeft, price, items, what: "this month" }) });
  }
  if (usual !== null && price.max > usual * UNUSUAL) {
    warnings.push({
      kind: "unusual",
      words: `More than ${UNUSUAL} times what your runs usually cost (${formatMoney(usual)}).`,
    });
  }
  if (crowded > 0) {
    warnings.push({
      kind: "crowded",
      words: `${plural(crowded, "image")} with more references than this model takes (${maxInputs - 1}): the last ones are left out.`,
    });
  }
  return warnings;
}

function stopWords({
  left,
  price,
  items,
  what,
}: {
  left: number;
  price: PriceRange;
  items: number;
  what: string;
}): string {
  const room = Math.max(0, Math.floor((left * items) / price.max));
  if (room === 0) return `Nothing is left of ${what}: the run would stop before its first image.`;
  return `${formatMoney(left)} is left of ${what}: enough for about ${plural(room, "image")} of ${items.toLocaleString("en-US")}. The run pauses there.`;
}
