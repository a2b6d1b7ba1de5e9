/** Whether one more call fits under the stop, with what is under way counted at its worst. Micro-dollars. */
export function canAfford({
  budget,
  spend,
  reserved,
  worstPrice,
}: {
  budget: number | null;
  spend: number;
  reserved: number;
  worstPrice: number;
}): boolean {
  return budget === null || spend + reserved + worstPrice <= budget;
}
