const DAY_MS = 86_400_000;
const LONGEST_DAYS = 366;

export type Period = {
  kind: "month" | "30" | "custom";
  /** First and last day, both included, YYYY-MM-DD in UTC. */
  from: string;
  to: string;
};

type Params = Record<string, string | string[] | undefined>;

/**
 * The period an address asks for: `?period=30`, `?from=2026-11-01&to=2026-11-21`, else this month. Days are UTC, as
 * the months of the budget are. What cannot be read is this month, a turned one is turned back, and of a long one
 * the last 366 days are shown.
 */
export function readPeriod(params: Params, now: Date): Period {
  const today = dayOf(now.getTime());
  const custom = [readDay(params.from), readDay(params.to)].flatMap((day) => day ?? []).sort();
  const [from, to] = custom;
  if (from && to) {
    const earliest = addDays(to, 1 - LONGEST_DAYS);
    return { kind: "custom", from: from < earliest ? earliest : from, to };
  }
  if (params.period === "30") return { kind: "30", from: addDays(today, -29), to: today };
  return { kind: "month", from: `${today.slice(0, 7)}-01`, to: today };
}

/** The days of a period, first to last. */
export function daysOf({ from, to }: Pick<Period, "from" | "to">): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  return Array.from({ length: count }, (_, i) => addDays(from, i));
}

function addDays(day: string, count: number): string {
  return dayOf(Date.parse(day) + count * DAY_MS);
}

const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** "3 Nov" */
export function dayWords(day: string): string {
  return SHORT.format(new Date(day));
}

/** "1 Nov to 21 Nov 2026", "21 Dec 2025 to 3 Jan 2026". */
export function periodWords({ from, to }: Pick<Period, "from" | "to">): string {
  const [firstYear, lastYear] = [from.slice(0, 4), to.slice(0, 4)];
  if (from === to) return `${dayWords(to)} ${lastYear}`;
  return `${dayWords(from)}${firstYear === lastYear ? "" : ` ${firstYear}`} to ${dayWords(to)} ${lastYear}`;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function readDay(value: string | string[] | undefined): string | null {
  if (typeof value !== "string" || !/^20\d\d-\d\d-\d\d$/.test(value)) return null;
  const ms = Date.parse(value);
  // Date turns 31 February into March.
  return Number.isNaN(ms) || dayOf(ms) !== value ? null : value;
}
