import {
  FAILING_OF_20,
  FAILING_PAUSE_MS,
  FASTER,
  FASTER_EVERY_MS,
  OVERLOAD_PAUSE_MS,
  RATE_PAUSE_MS,
  SLOWER,
  SLOWER_EVERY_MS,
} from "./constants";
import { type Pace, pacesOf, rescaleTat } from "./pace";
import type { Answer, Limit } from "./types";

const LAST_20 = 2 ** 20;
/** Below this an unnamed rate doubles with every answer. */
const BLIND_PER_MINUTE = 960;
/** Beyond this a rate says nothing any more. */
const FASTEST_PER_MINUTE = 60_000;

/** What an answer makes of a connection's limiter. Pure; `running` counts this call too. */
export function afterAnswer(
  limit: Limit,
  answer: Answer,
  { now, running }: { now: number; running: number },
): Limit {
  const counted = count(takeTold(limit, answer, now), answer);
  switch (answer.kind) {
    case "clean":
      return grow(counted, { now, running });
    case "rate_limited":
      return slowDown(counted, answer, now);
    case "overloaded":
      return easeOff(counted, answer, { now, running });
    case "failing":
      return breakCircuit({ ...counted, cleanAnswers: 0 }, now);
  }
}

/** Gives a slot back that no call was made for. */
export function refund(limit: Limit, units: number): Limit {
  const { images, requests } = pacesOf(limit);
  return {
    ...limit,
    imagesTat: images ? limit.imagesTat - units * images.interval : limit.imagesTat,
    requestsTat: requests ? limit.requestsTat - requests.interval : limit.requestsTat,
  };
}

/** A rate the provider names wins over what was assumed; a person's own number only when a refusal proves it wrong. */
function takeTold(limit: Limit, { kind, observed }: Answer, now: number): Limit {
  if (!observed) return limit;
  const { imagesPerMinute: images, requestsPerMinute: requests } = observed;
  let next = limit;
  if (images && images !== limit.imagesPerMinute && mayTell(limit, images, kind)) {
    next = withRate(next, { imagesPerMinute: images, rateSource: "told" }, now);
  }
  if (requests && requests !== limit.requestsPerMinute && limit.rateSource !== "set") {
    next = withRate(next, { requestsPerMinute: requests }, now);
  }
  return next;
}

function mayTell(limit: Limit, images: number, kind: Answer["kind"]): boolean {
  if (limit.rateSource !== "set") return true;
  return kind === "rate_limited" && limit.imagesPerMinute !== null && images < limit.imagesPerMinute;
}

function withRate(
  limit: Limit,
  rate: Partial<Pick<Limit, "imagesPerMinute" | "requestsPerMinute" | "rateSource">>,
  now: number,
): Limit {
  const next = { ...limit, ...rate };
  const [from, to] = [pacesOf(limit), pacesOf(next)];
  const rescale = (tat: number, key: "images" | "requests") => {
    const [before, after] = [from[key], to[key]];
    return before && after ? rescaleTat({ tat, now }, before, after) : tat;
  };
  return {
    ...next,
    imagesTat: rescale(limit.imagesTat, "images"),
    requestsTat: rescale(limit.requestsTat, "requests"),
    inFlight: Math.min(limit.maxInFlight, Math.max(limit.inFlight, inFlightFor(next.imagesPerMinute))),
  };
}

/**
 * Calls under way that a rate needs at the least: eight seconds of it, of which a call is got ready and waits in line
 * for some three. Slower answers let it grow.
 */
export function inFlightFor(imagesPerMinute: number | null): number {
  return Math.max(8, Math.ceil(((imagesPerMinute ?? 0) / 60) * 8));
}

function count(limit: Limit, { kind }: Answer): Limit {
  const failed = kind === "overloaded" || kind === "failing" ? 1 : 0;
  return {
    ...limit,
    answers: limit.answers + 1,
    recent: ((limit.recent * 2) % LAST_20) + failed,
    cleanAnswers: kind === "clean" ? limit.cleanAnswers + 1 : limit.cleanAnswers,
  };
}

function grow(limit: Limit, { now, running }: { now: number; running: number }): Limit {
  const paced = limit.imagesPerMinute !== null && limit.imagesTat > now;
  return growInFlight(paced ? growRate(limit, { now, running }) : limit, running);
}

/**
 * While nobody has named a limit clean answers raise the rate, up to the known rate of requests: at first each doubles
 * it, since so few come, then each round of calls does so twice (most of a round is waiting for its turn). The first refusal names the limit, costs nothing, and from then
 * on it is kept. A rate found by silent refusals grows slowly.
 */
function growRate(limit: Limit, { now, running }: { now: number; running: number }): Limit {
  const rate = limit.imagesPerMinute ?? 0;
  const most = Math.min(limit.requestsPerMinute ?? FASTEST_PER_MINUTE, FASTEST_PER_MINUTE);
  if (limit.rateSource === "default" && rate < most) {
    const factor = rate < BLIND_PER_MINUTE ? 2 : 1 + 2 / (running + 1);
    return withRate(limit, { imagesPerMinute: Math.min(rate * factor, most) }, now);
  }
  if (limit.rateSource === "learned" && now - limit.changedAt > FASTER_EVERY_MS) {
    return { ...withRate(limit, { imagesPerMinute: Math.min(rate * FASTER, most) }, now), changedAt: now };
  }
  return limit;
}

/** One more with every answer until the provider first complains, then one more a full round. */
function growInFlight(limit: Limit, running: number): Limit {
  if (running < limit.inFlight || limit.inFlight >= limit.maxInFlight) return limit;
  if (limit.cleanAnswers === limit.answers) return { ...limit, inFlight: limit.inFlight + 1 };
  if (limit.cleanAnswers < limit.inFlight) return limit;
  return { ...limit, inFlight: limit.inFlight + 1, cleanAnswers: 0 };
}

function slowDown(limit: Limit, { retryAfterMs, observed }: Answer, now: number): Limit {
  const blocked = nothingLeft(block(limit, "rate_limited", now + (retryAfterMs || RATE_PAUSE_MS)));
  const silent = !observed?.imagesPerMinute && limit.rateSource !== "set";
  if (!silent || limit.imagesPerMinute === null || now - limit.changedAt < SLOWER_EVERY_MS) {
    return { ...blocked, cleanAnswers: 0 };
  }
  const imagesPerMinute = Math.max(1, limit.imagesPerMinute * SLOWER);
  const slower = withRate(blocked, { imagesPerMinute, rateSource: "learned" }, now);
  return { ...slower, cleanAnswers: 0, changedAt: now };
}

/** Nothing is left after a refusal: hand-outs begin again without a crowd in front. */
function nothingLeft(limit: Limit): Limit {
  const { images, requests } = pacesOf(limit);
  const tatOf = (pace: Pace | null, tat: number) =>
    pace ? Math.max(tat, (limit.blockedUntil ?? 0) + (pace.burst - 1) * pace.interval) : tat;
  return {
    ...limit,
    imagesTat: tatOf(images, limit.imagesTat),
    requestsTat: tatOf(requests, limit.requestsTat),
  };
}

function easeOff(limit: Limit, { retryAfterMs }: Answer, { now, running }: { now: number; running: number }) {
  const blocked = block(limit, "overloaded", now + (retryAfterMs || OVERLOAD_PAUSE_MS));
  const eased = { ...blocked, cleanAnswers: 0 };
  // Calls of one round fail together: they are one complaint.
  if (now - limit.changedAt < OVERLOAD_PAUSE_MS) return breakCircuit(eased, now);
  const inFlight = Math.max(1, Math.floor(Math.min(limit.inFlight, running) / 2));
  return breakCircuit({ ...eased, inFlight, changedAt: now }, now);
}

function breakCircuit(limit: Limit, now: number): Limit {
  if (failures(limit.recent) < FAILING_OF_20) return limit;
  return { ...block(limit, "failing", now + FAILING_PAUSE_MS), inFlight: 1, recent: 0 };
}

function failures(recent: number): number {
  let count = 0;
  for (let bits = recent; bits > 0; bits = Math.floor(bits / 2)) count += bits % 2;
  return count;
}

function block(limit: Limit, why: NonNullable<Limit["blockedWhy"]>, until: number): Limit {
  if (limit.blockedUntil !== null && limit.blockedUntil >= until) return limit;
  return { ...limit, blockedUntil: until, blockedWhy: why };
}
