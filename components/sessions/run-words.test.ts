import { describe, expect, test } from "vitest";
import { aBatch } from "@/components/batches/testing/a-batch";
import type { SessionPulse } from "@/lib/sessions/wire";
import { moneyWords } from "./money-words";
import { askedPauseWords, pauseCause, pauseWords } from "./pause-words";
import { holdUpWords, slotWords } from "./slot-words";

const counts = {
  queued: 349,
  running: 12,
  waiting: 0,
  completed: 812,
  reused: 0,
  failed: 31,
  blocked: 0,
  cancelled: 0,
  unmet: 0,
};
const pulse: SessionPulse = {
  state: "running",
  pauseReason: null,
  counts,
  spend: 34_104_000,
  maybeSpend: 0,
  batches: [],
  reserved: 0,
  budget: null,
  etaMs: null,
  chainVersion: 0,
  slots: null,
};
const slots = { running: 12, nextAt: 4_000, blockedWhy: null, ratePerMinute: 50 } as const;
const quiet = { ...counts, queued: 0 };

test.each([
  [slots, counts, 0, "12 running · next slot in 4 s · 50 images a minute"],
  [slots, counts, 3_900, "12 running · next slot in 1 s · 50 images a minute"],
  [slots, counts, 4_000, "12 running · 50 images a minute"],
  [slots, quiet, 0, "12 running"],
  [{ ...slots, nextAt: null, ratePerMinute: null }, counts, 0, "12 running"],
  [{ ...slots, ratePerMinute: 4.9 }, { ...counts, running: 0 }, 9_000, "0 running · 4.9 images a minute"],
])("calls get through: %#", (given, of, now, words) => {
  expect(slotWords(given, { counts: of, now })).toBe(words);
});

test.each([
  [
    { ...slots, blockedWhy: "rate_limited", nextAt: 40_000 },
    "The provider asks us to slow down. 349 images keep their place. Nothing to do: it goes on in 40 s.",
  ],
  [
    { ...slots, blockedWhy: "failing", nextAt: 300_000 },
    "The provider fails too often. 349 images keep their place. Nothing to do: it goes on in 5 min.",
  ],
  [{ ...slots, blockedWhy: "overloaded", nextAt: 0 }, null],
  [slots, null],
] as const)("the provider holds everything up: %#", (given, words) => {
  expect(holdUpWords(given, { counts, now: 0 })).toBe(words);
});

test.each([
  [{}, "$34.10 of about $49.27"],
  [
    { budget: 60_000_000, maybeSpend: 420_000 },
    "$34.10 of about $49.27 · stops at $60.00 · $0.420 of it perhaps charged",
  ],
  [{ state: "finished", budget: 60_000_000 }, "$34.10"],
  [{ spend: 0, reserved: 420_000 }, "$0.00"],
  [{ spend: 0 }, null],
] as const)("money of a run: %j", (over, words) => {
  expect(moneyWords({ ...pulse, ...over })).toBe(words);
});

describe("a run that stands still says what happened, what was kept and what to do", () => {
  const still = { ...counts, running: 0, queued: 392 };
  test.each([
    [
      "auth",
      "The provider refused your key. 812 results kept; 392 wait. Put the connection right, then resume.",
    ],
    [
      "quota_exhausted",
      "The provider refused your key: no credit is left. 812 results kept; 392 wait. Add credit at the provider, then resume.",
    ],
    ["budget", "The run reached its stop at $60.00. 812 results. Nothing is running."],
    [
      "month_budget",
      "This month's limit is reached. 812 results. Nothing is running. Raise the limit, or resume next month.",
    ],
    [
      "connection",
      "The connection of this run is not there any more. 812 results kept; 392 wait. Nothing more was sent.",
    ],
    [
      "storage",
      "The disk is full or cannot be written to. 812 results kept; 392 wait. Make room; the run goes on by itself, or press Resume.",
    ],
  ])("%s", (pauseReason, words) => {
    const { happened, kept, todo } = pauseWords(
      { ...pulse, state: "paused", counts: still, budget: 60_000_000, pauseReason },
      null,
    );
    expect([happened, kept, todo].filter(Boolean).join(" ")).toBe(words);
  });

  test("a provider that takes no batches: its words, and the way on", () => {
    const batches = [aBatch({ words: "No batches of this model." }), aBatch({ words: "An older one." })];
    const cause = pauseCause([], { pauseReason: "economy", batches });
    const paused = { ...pulse, state: "paused", counts: still, pauseReason: "economy" } as const;
    expect(pauseWords(paused, cause)).toEqual({
      happened: "No batches of this model.",
      kept: "812 results kept; 392 wait.",
      todo: "",
      remedies: ["live", "resume", "finish"],
    });
    expect(pauseWords(paused, null).todo).toBe(
      "Go on now at the full price, or resume to try batches again.",
    );
  });

  test("a pause that was asked for says that batches go on", () => {
    const words = (inBatches: number) => askedPauseWords(pulse, { inBatches, unit: "image" });
    expect(words(0)).toBe(
      "Paused. 812 results kept; 349 images keep their place. 12 images being made now will finish.",
    );
    expect(words(12)).toBe(
      "Paused. 812 results kept; 349 images keep their place. Batches at the provider go on: 12 images will come back from them.",
    );
  });

  test("what is still at the provider is told, and the provider's own reason comes first", () => {
    const paused = { ...pulse, state: "paused", pauseReason: "budget" } as const;
    expect(pauseWords(paused, null).kept).toBe("812 results. 12 images at the provider finish.");
    expect(pauseWords({ ...paused, pauseReason: "auth" }, "This key may not use images.").happened).toBe(
      "This key may not use images.",
    );
  });
});
