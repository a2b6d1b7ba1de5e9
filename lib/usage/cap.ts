import type { MonthUsage } from "./types";

/** Where the month stops, micro-dollars: a person's own stop, else the installation's; null: nowhere. */
export function capOf({ own, installation }: Pick<MonthUsage, "own" | "installation">): number | null {
  return own ?? installation;
}

/** What may still be spent or held this month, micro-dollars, never below zero; null: no stop. */
export function leftOf(
  month: Pick<MonthUsage, "own" | "installation" | "spend" | "reserved">,
): number | null {
  const cap = capOf(month);
  return cap === null ? null : Math.max(0, cap - month.spend - month.reserved);
}
