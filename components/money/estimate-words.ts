import { formatMoney, formatMoneyRange } from "@/lib/money";
import type { EstimateAnswer } from "@/lib/sessions/wire";
import { aboutWords, countWords, plural } from "@/lib/words";

/** "about $48–54 · about 25 min"; exact: "$12.40 · about 25 min"; on a server of one's own: "Free · about 25 min". */
export function costWords({ items, reused, price, ms }: EstimateAnswer): string {
  if (items > 0 && items === reused) return "$0.00 · all of them were made before";
  return `${price.max === 0 ? "Free" : formatMoneyRange(price)} · ${aboutWords(ms)}`;
}

/** "1,204 × about $0.041–0.045", and what is not paid for again; of what costs nothing "1,204 images". */
export function countLine({ items, reused, each }: EstimateAnswer): string {
  const paidFor = items - reused;
  const again = reused > 0 ? ` · ${plural(reused, "result")} used again, free` : "";
  if (paidFor === 0 || each.max === 0) return `${plural(items, "image")}${again}`;
  return `${countWords(paidFor)} × ${formatMoneyRange(each)}${again}`;
}

/** "5 images a minute, up to 3 at once" */
export function paceWords({ slots: { atOnce, perMinute } }: EstimateAnswer): string {
  const once = atOnce === 1 ? "one at a time" : `up to ${countWords(atOnce)} at once`;
  if (perMinute === null) return once;
  const rate = perMinute >= 10 ? Math.round(perMinute) : Math.round(perMinute * 10) / 10;
  return `${plural(rate, "image")} a minute, ${once}`;
}

/** "left this month $212" */
export function monthWords(monthLeft: number | null): string | null {
  return monthLeft === null ? null : `${formatMoney(monthLeft)} left this month`;
}
