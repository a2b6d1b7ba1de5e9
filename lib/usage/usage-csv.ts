import { writeCsv } from "@/lib/zip/csv";
import { figuresOf } from "./figures";
import type { UsageNumbers } from "./types";

export type UsageLine = UsageNumbers & { day: string; session: string; sessionId: string; model: string };

const COLUMNS = {
  day_utc: (line) => line.day,
  session: (line) => line.session,
  session_id: (line) => line.sessionId,
  model: (line) => line.model,
  made: (line) => line.made,
  reused: (line) => line.reused,
  failed: (line) => line.failed,
  blocked: (line) => line.blocked,
  unknown_outcome: (line) => line.unknown,
  slowed_down: (line) => line.slowed,
  approved: (line) => line.approved,
  success_rate: (line) => rounded(figuresOf(line).successRate, 4),
  mean_seconds: (line) => rounded(line.meanMs === null ? null : line.meanMs / 1000, 3),
  charged_usd: (line) => dollars(line.charged),
  perhaps_charged_usd: (line) => dollars(line.maybe),
  charged_failures: (line) => line.chargedFailures,
  charged_failures_usd: (line) => dollars(line.failureCost),
  usd_per_image: (line) => dollars(figuresOf(line).perImage),
  usd_per_approved_image: (line) => dollars(figuresOf(line).perApproved),
} as const satisfies Record<string, (line: UsageLine) => string | number | null>;

/** usage.csv: one line for each day, session and model. Money in dollars, six decimals at most; empty: no such figure. */
export function usageCsv(lines: readonly UsageLine[]): string {
  const values = Object.values(COLUMNS);
  return writeCsv(
    Object.keys(COLUMNS),
    lines.map((line) => values.map((value) => value(line))),
  );
}

function dollars(microDollars: number | null): number | null {
  return rounded(microDollars === null ? null : microDollars / 1_000_000, 6);
}

function rounded(value: number | null, decimals: number): number | null {
  return value === null ? null : Number(value.toFixed(decimals));
}
