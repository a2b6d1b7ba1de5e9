import { WINDOW_HOURS } from "@/lib/batches/constants";
import { formatMoney, formatMoneyRange } from "@/lib/money";
import type { EstimateAnswer, HalfPriced } from "@/lib/sessions/wire";
import { aboutWords, countWords, plural } from "@/lib/words";

/**
 * "about $48–54 · about 25 min"; exact: "$12.40 · about 25 min"; on a server of one's own: "Free · about 25 min"; in the
 * half-price lane: "about $24–27 · within 24 hours".
 */
export function costWords({ items, reused, price, ms, later }: EstimateAnswer): string {
  if (items > 0 && items === reused) return "$0.00 · all of them were made before";
  const time = later.items > 0 ? laterWords(later) : aboutWords(ms);
  return `${price.max === 0 ? "Free" : formatMoneyRange(price)} · ${time}`;
}

/** "within 24 hours"; steps wait for batches one after the other. */
export function laterWords({ steps }: HalfPriced): string {
  const window = `within ${WINDOW_HOURS} hours`;
  return steps > 1 ? `${window} for each of ${steps} steps` : window;
}

/** "Now it would cost about $48–54."; null where nothing waits. The half-price lane takes exactly half. */
export function nowWords({ price, later }: Pick<EstimateAnswer, "price" | "later">): string | null {
  if (later.items === 0) return null;
  const full = { min: price.min + later.price.min, max: price.max + later.price.max };
  return `Now it would cost ${formatMoneyRange(full)}.`;
}

/** "1,204 × about $0.041–0.045", and what is not paid for again; of what costs nothing "1,204 images". */
export function countLine({ items, reused, each }: EstimateAnswer): string {
  const paidFor = items - reused;
  const again = reused > 0 ? ` · ${plural(reused, "result")} used again, free` : "";
  if (paidFor === 0 || each.max === 0) return `${plural(items, "image")}${again}`;
  return `${countWords(paidFor)} × ${formatMoneyRange(each)}${again}`;
}

/** "5 images a minute, up to 3 at once" */
export function paceWords({
  slots: { atOnce, perMinute },
  items,
  reused,
  later,
}: EstimateAnswer): string | null {
  // A pace is of what is made now.
  if (later.items > 0 && later.items === items - reused) return null;
  const once = atOnce === 1 ? "one at a time" : `up to ${countWords(atOnce)} at once`;
  if (perMinute === null) return once;
  const rate = perMinute >= 10 ? Math.round(perMinute) : Math.round(perMinute * 10) / 10;
  return `${plural(rate, "image")} a minute, ${once}`;
}

/** "left this month $212" */
export function monthWords(monthLeft: number | null): string | null {
  return monthLeft === null ? null : `${formatMoney(monthLeft)} left this month`;
}
