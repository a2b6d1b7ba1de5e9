import { figuresOf } from "./figures";
import { daysOf, dayWords, type Period } from "./period";
import type { DayUsage } from "./types";

/** A column a day up to a quarter of a year, a week each beyond. */
const MOST_DAYS = 92;
/** Fills that are told apart without colour; further models share the last. */
const MOST_MODELS = 4;
const OTHERS = "Other models";

export type Chart = {
  /** What the columns count: micro-dollars, or images where nothing cost anything. */
  measure: "cost" | "images";
  span: "day" | "week";
  /** From the one with the most down; those with nothing are left out. */
  models: string[];
  columns: ChartColumn[];
  /** Of the highest column. */
  highest: number;
};

export type ChartColumn = {
  /** "3 Nov", "3 Nov to 9 Nov". */
  label: string;
  total: number;
  /** One for each of the models, in their order. */
  parts: number[];
};

/** Columns of a period, days without any image included. */
export function chartOf(days: readonly DayUsage[], period: Pick<Period, "from" | "to">): Chart {
  const measure = days.some((day) => figuresOf(day).cost > 0) ? "cost" : "images";
  const amounts = days.map((day) => ({ ...day, amount: figuresOf(day)[measure] }));
  const models = modelsOf(amounts);
  const all = daysOf(period);
  const step = all.length > MOST_DAYS ? 7 : 1;
  const place = new Map(all.map((day, i) => [day, Math.floor(i / step)]));
  const columns = Array.from({ length: Math.ceil(all.length / step) }, (_, i) => ({
    label: labelOf(all.slice(i * step, (i + 1) * step)),
    total: 0,
    parts: models.map(() => 0),
  }));
  for (const { day, model, amount } of amounts) {
    const column = columns[place.get(day) ?? -1];
    if (!column || amount === 0) continue;
    const part = models.includes(model) ? models.indexOf(model) : models.length - 1;
    column.parts[part] = (column.parts[part] ?? 0) + amount;
    column.total += amount;
  }
  const highest = Math.max(0, ...columns.map(({ total }) => total));
  return { measure, span: step === 1 ? "day" : "week", models, columns, highest };
}

function modelsOf(amounts: readonly { model: string; amount: number }[]): string[] {
  const sums = new Map<string, number>();
  for (const { model, amount } of amounts) sums.set(model, (sums.get(model) ?? 0) + amount);
  const models = [...sums]
    .filter(([, sum]) => sum > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([model]) => model);
  return models.length <= MOST_MODELS ? models : [...models.slice(0, MOST_MODELS - 1), OTHERS];
}

function labelOf(days: readonly string[]): string {
  const [first = "", last = first] = [days[0], days.at(-1)];
  return first === last ? dayWords(first) : `${dayWords(first)} to ${dayWords(last)}`;
}
