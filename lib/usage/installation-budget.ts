import { env } from "@/lib/env";

/** What a month may cost a person who set no limit of their own, whole micro-dollars; null: no limit. */
export function installationBudget(): number | null {
  const dollars = env().MONTHLY_BUDGET;
  return dollars === undefined ? null : Math.round(dollars * 1_000_000);
}
