import type { Observed } from "../../types";
import { resetMs } from "./retry-after";

/**
 * What an answer tells about the provider's limits: headers (`x-ratelimit-limit-images` and its kin), else the text of
 * a refusal ("input-images per min: Limit 5, Used 5, Requested 1"). Undefined when it tells nothing.
 */
export function observedLimits(headers: Headers, text: string, now: number): Observed | undefined {
  const observed: Observed = { ...fromText(text), ...fromHeaders(headers, now) };
  return Object.keys(observed).length > 0 ? observed : undefined;
}

function fromHeaders(headers: Headers, now: number): Observed {
  const images = count(headers, "limit-images");
  const requests = count(headers, "limit-requests");
  // What is left of the tighter one decides when the next call may go.
  const left = ["images", "requests"].flatMap((what) => {
    const remaining = count(headers, `remaining-${what}`);
    return remaining === undefined
      ? []
      : [{ remaining, resetMs: resetMs(headers.get(`x-ratelimit-reset-${what}`), now) }];
  });
  const [tightest] = left.sort((a, b) => a.remaining - b.remaining);
  return {
    ...(images ? { imagesPerMinute: images } : {}),
    ...(requests ? { requestsPerMinute: requests } : {}),
    ...(tightest ? { remaining: tightest.remaining } : {}),
    ...(tightest?.resetMs === undefined ? {} : { resetMs: tightest.resetMs }),
  };
}

function count(headers: Headers, name: string): number | undefined {
  const text = headers.get(`x-ratelimit-${name}`)?.trim();
  return text && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function fromText(text: string): Observed {
  const [, what = "", limit] = /([\w-]+) per min(?:ute)?\b[^:]*:\s*Limit:?\s*([\d.,]*\d)/i.exec(text) ?? [];
  const value = Number(limit?.replaceAll(",", ""));
  if (!limit || !(value > 0)) return {};
  if (/image/i.test(what)) return { imagesPerMinute: value };
  return /request/i.test(what) ? { requestsPerMinute: value } : {};
}
