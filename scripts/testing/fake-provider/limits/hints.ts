import type { LIMITED, Settings } from "../settings";
import type { Verdict } from "./limiter";

export type Limited = (typeof LIMITED)[number];

/** Milliseconds; a bucket that refills by fractions must not turn 12 s into 12.01 s. */
const ROUNDING = 0.001;

/** How durations stand in headers and texts: `120ms`, `12s`, `1.5s`, `6m0s`. */
export function spell(exactMs: number): string {
  const ms = Math.ceil(exactMs - ROUNDING);
  if (ms < 1000) return `${ms}ms`;
  const seconds = Math.ceil(ms / 10) / 100;
  if (seconds < 60) return `${seconds}s`;
  return `${Math.floor(seconds / 60)}m${Math.ceil(seconds % 60)}s`;
}

/** x-ratelimit-{limit,remaining,reset}-* of those limits that exist and are told. */
export function limitHeaders(verdicts: Partial<Record<Limited, Verdict>>, hints: Settings["hints"]) {
  const headers: Record<string, string> = {};
  for (const name of ["requests", "images", "tokens"] as const) {
    const verdict = verdicts[name];
    if (!verdict || !hints[name]) continue;
    headers[`x-ratelimit-limit-${name}`] = String(verdict.limit);
    headers[`x-ratelimit-remaining-${name}`] = String(verdict.remaining);
    headers[`x-ratelimit-reset-${name}`] = spell(verdict.resetMs);
  }
  return headers;
}

export function retryHeaders(retryMs: number, hints: Settings["hints"]) {
  const headers: Record<string, string> = {};
  if (hints.retryAfter) headers["retry-after"] = String(Math.ceil((retryMs - ROUNDING) / 1000));
  if (hints.retryAfterMs) headers["retry-after-ms"] = String(Math.ceil(retryMs - ROUNDING));
  return headers;
}

const NAMES = {
  requests: "requests per min (RPM)",
  images: "input-images per min",
  tokens: "tokens per min (TPM)",
} as const;

/** The words of the real provider, as users have reported them. */
export function limitText({
  model,
  name,
  verdict,
  units,
}: {
  model: string;
  name: Limited;
  verdict: Verdict;
  units: number;
}): string {
  return (
    `Rate limit reached for ${model} (for limit gpt-image) in organization org-fake on ${NAMES[name]}: ` +
    `Limit ${verdict.limit}, Used ${verdict.used}, Requested ${units}. Please try again in ${spell(verdict.retryMs)}. ` +
    "Visit https://platform.openai.com/account/rate-limits to learn more."
  );
}
