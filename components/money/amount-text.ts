/** Micro-dollars as a person would type them: "60", "12.50"; nothing for null. */
export function amountText(microDollars: number | null): string {
  if (microDollars === null) return "";
  const dollars = microDollars / 1_000_000;
  return Number.isInteger(dollars) ? String(dollars) : dollars.toFixed(Math.max(2, decimals(dollars)));
}

function decimals(dollars: number): number {
  return (/\.(\d+)$/.exec(String(dollars))?.[1] ?? "").length;
}

/** A stop that leaves room to go on: what was spent and about as much again as is left to do, in whole dollars. */
export function nextStop({
  budget,
  spend,
  left,
  each,
}: {
  budget: number | null;
  spend: number;
  /** Images still to be made. */
  left: number;
  /** Of one image, micro-dollars. */
  each: number;
}): number {
  const needed = Math.max(spend + left * each, budget ?? 0, spend) / 1_000_000;
  return Math.max(1, Math.ceil(needed + (needed === (budget ?? 0) / 1_000_000 ? 1 : 0))) * 1_000_000;
}
