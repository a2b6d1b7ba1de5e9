const MICRO = 1_000_000;

/**
 * Micro-dollars in words: three decimals below a dollar ("$0.042"), two from there ("$34.10", "$1,204.00").
 * What is too small to show is "under $0.001", never nothing.
 */
export function formatMoney(microDollars: number): string {
  if (microDollars < 0) return `-${formatMoney(-microDollars)}`;
  if (microDollars === 0) return "$0.00";
  if (microDollars < 500) return "under $0.001";
  return `$${dollars(microDollars / MICRO, decimalsOf(microDollars))}`;
}

/**
 * A price that is not exact, micro-dollars: "about $48–54", "about $4.10–6.00", "about $0.041–0.052". The lower end
 * is rounded down, the upper end up, so that what is paid lies inside. Equal ends are exact: "$0.042".
 */
export function formatMoneyRange({ min, max }: { min: number; max: number }): string {
  if (min === max) return formatMoney(max);
  const decimals = max >= 10 * MICRO ? 0 : decimalsOf(max);
  const step = MICRO / 10 ** decimals;
  const [low, high] = [Math.floor(min / step), Math.ceil(max / step)].map((steps) =>
    dollars((steps * step) / MICRO, decimals),
  );
  return low === high ? `about $${low}` : `about $${low}–${high}`;
}

/** Micro-dollars of an amount a person typed ("60", "$1,000.50"); null when it is no amount of money above zero. */
export function parseMoney(text: string): number | null {
  const plain = text.trim().replace(/^\$\s*/, "");
  if (!/^(\d{1,3}(,\d{3})+|\d{1,7})(\.\d{1,6})?$/.test(plain)) return null;
  const amount = Math.round(Number(plain.replaceAll(",", "")) * MICRO);
  return amount > 0 ? amount : null;
}

function decimalsOf(microDollars: number): number {
  // 99.95 cents and more are written as a dollar.
  return microDollars < 999_500 ? 3 : 2;
}

function dollars(amount: number, decimals: number): string {
  return amount.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
