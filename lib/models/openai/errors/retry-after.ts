const MOST_MS = 600_000;

/**
 * How long a refusal asks to wait, ms, at most 10 minutes; undefined when it does not say. Looked for in
 * `retry-after-ms`, `retry-after` (seconds or a date, judged by the server's own clock where it tells it), in the
 * text ("try again in 1m2s"), and in the reset of a limit that is used up.
 */
export function retryAfterMs(headers: Headers, text: string, now: number): number | undefined {
  const told =
    number(headers.get("retry-after-ms")) ??
    seconds(headers.get("retry-after")) ??
    untilDate(headers, now) ??
    inText(text) ??
    untilReset(headers, now);
  return told === undefined ? undefined : Math.round(Math.min(MOST_MS, Math.max(0, told)));
}

/** "12s", "1m2s", "250ms", "6m0s", "1h", a bare number of seconds; undefined for anything else. */
export function durationMs(text: string | null): number | undefined {
  if (text === null) return undefined;
  const bare = number(text);
  if (bare !== undefined) return bare * 1000;
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text.trim()) return undefined;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ""] ?? 0), 0);
}

const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function number(text: string | null): number | undefined {
  return text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

function seconds(text: string | null): number | undefined {
  const value = number(text);
  return value === undefined ? undefined : value * 1000;
}

function untilDate(headers: Headers, now: number): number | undefined {
  const at = Date.parse(headers.get("retry-after") ?? "");
  if (Number.isNaN(at)) return undefined;
  const theirNow = Date.parse(headers.get("date") ?? "");
  return at - (Number.isNaN(theirNow) ? now : theirNow);
}

function inText(text: string): number | undefined {
  const [, told] =
    /(?:try|retry)(?:\s+again)?\s+(?:in|after)\s+((?:\d+(?:\.\d+)?(?:ms|h|m|s))+)(?![a-z])/i.exec(text) ?? [];
  if (told) return durationMs(told);
  const [, count, unit] =
    /(?:try|retry)(?:\s+again)?\s+(?:in|after)\s+(\d+(?:\.\d+)?)\s*(milliseconds?|seconds?|minutes?)/i.exec(
      text,
    ) ?? [];
  if (!count || !unit) return undefined;
  return Number(count) * (/^mi?l/i.test(unit) ? 1 : /^s/i.test(unit) ? 1_000 : 60_000);
}

function untilReset(headers: Headers, now: number): number | undefined {
  const waits = ["images", "requests", "tokens"].flatMap((what) => {
    if (number(headers.get(`x-ratelimit-remaining-${what}`)) !== 0) return [];
    return resetMs(headers.get(`x-ratelimit-reset-${what}`), now) ?? [];
  });
  const plain = waits.length === 0 ? resetMs(headers.get("x-ratelimit-reset"), now) : undefined;
  return waits.length > 0 ? Math.max(...waits) : plain;
}

/** A duration, or a moment as seconds since 1970. */
export function resetMs(text: string | null, now: number): number | undefined {
  const value = number(text);
  if (value !== undefined && value > 1_000_000_000) return Math.max(0, value * 1000 - now);
  return durationMs(text);
}
