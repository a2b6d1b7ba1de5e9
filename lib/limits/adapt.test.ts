import { describe, expect, it } from "vitest";
import { afterAnswer, refund } from "./adapt";
import { nextSlot, openSlots, paceOf } from "./pace";
import type { Answer, Limit } from "./types";

const NOW = 1_000_000;

const fresh: Limit = {
  inFlight: 8,
  maxInFlight: 256,
  imagesPerMinute: 5,
  requestsPerMinute: null,
  rateSource: "default",
  imagesTat: NOW + 30_000,
  requestsTat: NOW,
  blockedUntil: null,
  blockedWhy: null,
  cleanAnswers: 0,
  changedAt: 0,
  recent: 0,
  answers: 0,
};

const clean: Answer = { kind: "clean", retryAfterMs: 0 };

function answered(limit: Limit, answer: Answer, { now = NOW, running = 1 } = {}) {
  return afterAnswer(limit, answer, { now, running });
}

describe("a rate nobody has named", () => {
  it("is what a header says from the first answer on", () => {
    const owing = { ...fresh, imagesTat: NOW + 60_000 };
    const told = answered(owing, { ...clean, observed: { imagesPerMinute: 1_200 } });
    expect(told).toMatchObject({ imagesPerMinute: 1_200, rateSource: "told" });
    expect(told.inFlight).toBeGreaterThanOrEqual(80);
    expect(nextSlot(told, NOW)).toBeLessThan(nextSlot(owing, NOW));
  });

  it("doubles with every clean answer while it holds calls up, up to the known rate of requests", () => {
    const bounded = { ...fresh, requestsPerMinute: 30 };
    const rates = [1, 2, 3, 4].reduce<Limit[]>((all) => [...all, answered(all.at(-1) ?? bounded, clean)], []);
    expect(rates.map(({ imagesPerMinute }) => imagesPerMinute)).toEqual([10, 20, 30, 30]);
    const idle = { ...fresh, imagesTat: NOW - 1 };
    expect(answered(idle, clean).imagesPerMinute).toBe(5);
  });

  it("is what a refusal names, and never grows beyond it", () => {
    const refusal: Answer = {
      kind: "rate_limited",
      retryAfterMs: 12_000,
      observed: { imagesPerMinute: 20 },
    };
    const told = answered({ ...fresh, imagesPerMinute: 160 }, refusal);
    expect(told).toMatchObject({ imagesPerMinute: 20, rateSource: "told", blockedUntil: NOW + 12_000 });
    expect(answered(told, clean).imagesPerMinute).toBe(20);
    expect(openSlots(told, { now: NOW, running: 0, aheadMs: 2_500 }).slots).toBe(0);
  });

  it("falls to 70 percent with a silent refusal, once for those of one moment, and grows after a quiet minute", () => {
    const silent: Answer = { kind: "rate_limited", retryAfterMs: 0 };
    const first = answered({ ...fresh, imagesPerMinute: 100 }, silent);
    expect(first).toMatchObject({ imagesPerMinute: 70, rateSource: "learned", blockedWhy: "rate_limited" });
    expect(answered(first, silent, { now: NOW + 100 }).imagesPerMinute).toBe(70);
    const paced = { ...first, imagesTat: NOW + 120_000 };
    expect(answered(paced, clean, { now: NOW + 30_000 }).imagesPerMinute).toBe(70);
    expect(answered(paced, clean, { now: NOW + 61_000 }).imagesPerMinute).toBeCloseTo(77);
  });
});

describe("a rate a person set", () => {
  const set: Limit = { ...fresh, imagesPerMinute: 50, rateSource: "set" };

  it("is kept against headers and clean answers", () => {
    expect(answered(set, { ...clean, observed: { imagesPerMinute: 500 } })).toMatchObject({
      imagesPerMinute: 50,
      rateSource: "set",
    });
  });

  it("gives way to a refusal that names a lower one", () => {
    const refusal: Answer = { kind: "rate_limited", retryAfterMs: 1_000, observed: { imagesPerMinute: 20 } };
    expect(answered(set, refusal)).toMatchObject({ imagesPerMinute: 20, rateSource: "told" });
  });
});

describe("calls at the same time", () => {
  it("grow by one an answer until the provider first complains, then by one a round", () => {
    expect(answered(fresh, clean, { running: 8 }).inFlight).toBe(9);
    expect(answered(fresh, clean, { running: 3 }).inFlight).toBe(8);
    const complained = { ...fresh, answers: 20, cleanAnswers: 3 };
    expect(answered(complained, clean, { running: 8 }).inFlight).toBe(8);
    expect(answered({ ...complained, cleanAnswers: 7 }, clean, { running: 8 }).inFlight).toBe(9);
  });

  it("are halved by an overload, once a moment, and never fall below one", () => {
    const overload: Answer = { kind: "overloaded", retryAfterMs: 0 };
    const eased = answered({ ...fresh, inFlight: 40 }, overload, { running: 40 });
    expect(eased).toMatchObject({ inFlight: 20, blockedWhy: "overloaded" });
    expect(answered(eased, overload, { now: NOW + 50, running: 39 }).inFlight).toBe(20);
    expect(answered({ ...fresh, inFlight: 1 }, overload).inFlight).toBe(1);
  });

  it("go down to one after half of twenty answers failed, with half a minute of silence", () => {
    const failing: Answer = { kind: "failing", retryAfterMs: 0 };
    let limit = fresh;
    for (let turn = 0; turn < 10; turn += 1) {
      expect(limit.blockedUntil).toBeNull();
      limit = answered(answered(limit, clean), failing);
    }
    expect(limit).toMatchObject({ inFlight: 1, blockedWhy: "failing", blockedUntil: NOW + 30_000 });
  });
});

describe("refund", () => {
  it("gives back the time of a slot that no call was made for", () => {
    const told: Limit = { ...fresh, imagesPerMinute: 60, rateSource: "told" };
    expect(told.imagesTat - refund(told, 2).imagesTat).toBeCloseTo(2 * paceOf(60, "told").interval);
  });
});
