import type { DetailAttempt } from "@/lib/items/details";
import { formatMoney } from "@/lib/money";

/** What an attempt came to, as far as anyone knows; null for a model that costs nothing. */
export function chargeWords({
  charge,
  cost,
  outcome,
  connection,
}: Pick<DetailAttempt, "charge" | "cost" | "outcome" | "connection">): string | null {
  if (outcome === "sending") return null;
  switch (charge) {
    case "charged":
      return formatMoney(cost);
    case "maybe":
      return `May have been charged, ${formatMoney(cost)} at most`;
    case "none":
      if (outcome === "reused") return "$0.00, made before";
      return connection === "studio" ? null : "Not charged";
  }
}
