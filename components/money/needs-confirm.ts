import type { EstimateAnswer } from "@/lib/sessions/wire";

/** From so many paid images on a start is asked about (UX.md 2.3). */
const MANY = 200;

/** Whether a start is large or dear enough to be asked about. */
export function needsConfirm({ items, reused, price, warnings }: EstimateAnswer): boolean {
  if (price.max === 0) return false;
  return items - reused > MANY || warnings.some(({ kind }) => kind === "unusual");
}
