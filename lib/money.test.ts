import { expect, test } from "vitest";
import { formatMoney, formatMoneyRange, parseMoney } from "./money";

test.each([
  [0, "$0.00"],
  [1, "under $0.001"],
  [499, "under $0.001"],
  [500, "$0.001"],
  [42_000, "$0.042"],
  [41_940, "$0.042"],
  [999_499, "$0.999"],
  [999_500, "$1.00"],
  [1_000_000, "$1.00"],
  [34_100_000, "$34.10"],
  [1_204_000_000, "$1,204.00"],
  [-42_000, "-$0.042"],
])("%i micro-dollars are %s", (amount, words) => {
  expect(formatMoney(amount)).toBe(words);
});

test.each([
  [48_200_000, 53_100_000, "about $48–54"],
  [4_100_000, 6_000_000, "about $4.10–6.00"],
  [41_200, 51_300, "about $0.041–0.052"],
  [0, 51_300, "about $0.000–0.052"],
  [900_000, 1_204_000, "about $0.90–1.21"],
  [48_000_000, 48_000_000, "$48.00"],
  [900_000_000, 1_204_000_000, "about $900–1,204"],
  [999_100, 999_600, "about $0.99–1.00"],
])("from %i to %i is %s", (min, max, words) => {
  expect(formatMoneyRange({ min, max })).toBe(words);
});

test("a range holds what it stands for", () => {
  for (let i = 0; i < 2_000; i++) {
    const min = Math.round(Math.exp((i / 2_000) * 20));
    const max = Math.round(min * (1 + ((i * 7) % 13) / 10)) + 1;
    const [low = "", high = low] = formatMoneyRange({ min, max })
      .replace("about $", "")
      .replaceAll(",", "")
      .split("–");
    expect(Number(low) * 1e6).toBeLessThanOrEqual(min + 1e-3);
    expect(Number(high) * 1e6).toBeGreaterThanOrEqual(max - 1e-3);
  }
});

test.each([
  ["60", 60_000_000],
  [" $60.5 ", 60_500_000],
  ["$ 1,000.25", 1_000_250_000],
  ["0.000001", 1],
  ["1000", 1_000_000_000],
])("%s is %i micro-dollars", (text, amount) => {
  expect(parseMoney(text)).toBe(amount);
});

test.each(["", "0", "-1", "sixty", "1e3", "1,00", "60 €", "0x10", "1.0000001", "99999999", "NaN"])(
  "%s is no amount of money",
  (text) => {
    expect(parseMoney(text)).toBeNull();
  },
);
