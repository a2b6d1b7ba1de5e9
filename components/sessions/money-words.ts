import { formatMoney } from "@/lib/money";
import { openItems } from "@/lib/sessions/status";
import type { SessionPulse } from "@/lib/sessions/wire";

/** What one paid image came to so far, micro-dollars; 0 before the first. */
export function costEach({ spend, counts }: Pick<SessionPulse, "spend" | "counts">): number {
  return counts.completed === 0 ? 0 : Math.round(spend / counts.completed);
}

/** "$34.10 of about $50.57 · stops at $60.00 · $0.42 perhaps charged"; null where nothing costs anything. */
export function moneyWords(pulse: SessionPulse): string | null {
  const { spend, maybeSpend, reserved, budget, counts, state } = pulse;
  if (spend === 0 && reserved === 0 && budget === null) return null;
  const open = openItems(counts);
  const each = costEach(pulse);
  const goesOn = state === "running" || state === "paused";
  const whole = goesOn && open > 0 && each > 0 ? ` of about ${formatMoney(spend + open * each)}` : "";
  return [
    `${formatMoney(spend)}${whole}`,
    goesOn && budget !== null && `stops at ${formatMoney(budget)}`,
    maybeSpend > 0 && `${formatMoney(maybeSpend)} of it perhaps charged`,
  ]
    .filter(Boolean)
    .join(" · ");
}
