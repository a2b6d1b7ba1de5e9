import { BURST_SHARE, DEFAULT_BURST, LEAD_MS, USED_SHARE } from "./constants";
import type { Limit } from "./types";

/** GCRA: emission interval and tolerance, in ms. */
export type Pace = { interval: number; burst: number };

/**
 * How a rate is kept. In any minute at most `burst + 60 s / interval` calls begin, which never exceeds a known rate:
 * 0.01 R + 0.99 R, or one more than the whole part of 0.99 R.
 */
export function paceOf(perMinute: number, source: Limit["rateSource"]): Pace {
  if (source === "default") return { interval: 60_000 / perMinute, burst: DEFAULT_BURST };
  return {
    interval: 60_000 / (perMinute * USED_SHARE),
    burst: Math.max(1, Math.floor(perMinute * BURST_SHARE)),
  };
}

/**
 * The moment the next call of `units` may begin, when `before` units are given out ahead of it: GCRA with theoretical
 * arrival time `tat`. A call dearer than the burst waits until the tolerance is whole.
 */
export function slotTime(
  { tat, pace, now }: { tat: number; pace: Pace; now: number },
  { before, units }: { before: number; units: number },
): number {
  const arrival = Math.max(tat, now) + before * pace.interval;
  return Math.max(now, arrival - Math.max(0, pace.burst - units) * pace.interval);
}

/** How many calls of one unit begin before `until`. */
export function slotsUntil(
  { tat, pace, now }: { tat: number; pace: Pace; now: number },
  until: number,
): number {
  const first = slotTime({ tat, pace, now }, { before: 0, units: 1 });
  if (first > until) return 0;
  const tolerated = Math.max(tat, now) - (pace.burst - 1) * pace.interval;
  return Math.floor((until - tolerated) / pace.interval) + 1;
}

/** The theoretical arrival time when the rate changes: what is owed stays owed, at the new price. */
export function rescaleTat(
  { tat, now }: { tat: number; now: number },
  from: Pick<Pace, "interval">,
  to: Pick<Pace, "interval">,
): number {
  return tat <= now ? tat : now + ((tat - now) * to.interval) / from.interval;
}

export type Paces = { images: Pace | null; requests: Pace | null };

export type RateLimit = Pick<Limit, "imagesPerMinute" | "requestsPerMinute" | "rateSource">;

/** A connection's two paces; null where no rate limits it. */
export function pacesOf(limit: RateLimit): Paces {
  const { imagesPerMinute, requestsPerMinute, rateSource } = limit;
  return {
    images: imagesPerMinute === null ? null : paceOf(imagesPerMinute, rateSource),
    // A rate of requests is only ever known because someone said it.
    requests: requestsPerMinute === null ? null : paceOf(requestsPerMinute, "told"),
  };
}

/** Calls that may begin within `aheadMs`, given how many run; and when the next one after these may. */
export function openSlots(
  limit: Limit,
  { now, running, aheadMs }: { now: number; running: number; aheadMs: number },
): { slots: number; paced: boolean } {
  const free = Math.max(0, limit.inFlight - running);
  if (limit.blockedUntil !== null && limit.blockedUntil > now) return { slots: 0, paced: true };
  const until = now + aheadMs;
  const { images, requests } = pacesOf(limit);
  const byImages = images ? slotsUntil({ tat: limit.imagesTat, pace: images, now }, until) : Infinity;
  const byRequests = requests ? slotsUntil({ tat: limit.requestsTat, pace: requests, now }, until) : Infinity;
  const byTime = Math.min(byImages, byRequests);
  return { slots: Math.min(free, byTime), paced: byTime < free };
}

/** The moment the next call may begin, ms since 1970. */
export function nextSlot(limit: Limit, now: number): number {
  const { images, requests } = pacesOf(limit);
  const one = { before: 0, units: 1 };
  return Math.max(
    now,
    limit.blockedUntil ?? 0,
    images ? slotTime({ tat: limit.imagesTat, pace: images, now }, one) : 0,
    requests ? slotTime({ tat: limit.requestsTat, pace: requests, now }, one) : 0,
  );
}

/** When to look for free slots again: a little before the next one opens, so that its item is ready for it. */
export function nextHandOut(limit: Limit, now: number): number {
  const { blockedUntil } = limit;
  return blockedUntil !== null && blockedUntil > now ? blockedUntil : nextSlot(limit, now) - LEAD_MS;
}

/** What a call takes up, and how much of it may be owed when it leaves, ms. */
export type Turn = { step: number; tolerance: number };

/** The turn of one call of `units` images; null: no rate limits it. */
export function turnOf(limit: RateLimit, units: number): Turn | null {
  const { images, requests } = pacesOf(limit);
  const parts = [
    ...(images
      ? [{ step: units * images.interval, tolerance: (images.burst - units) * images.interval }]
      : []),
    ...(requests ? [{ step: requests.interval, tolerance: (requests.burst - 1) * requests.interval }] : []),
  ];
  if (parts.length === 0) return null;
  return {
    step: Math.max(...parts.map(({ step }) => step)),
    tolerance: Math.max(0, Math.min(...parts.map(({ tolerance }) => tolerance))),
  };
}
