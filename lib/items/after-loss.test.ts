import { expect, test } from "vitest";
import { afterLoss, type Loss } from "./after-loss";

const sent = { paid: true, sentAt: new Date(0), receivedAt: null, reserved: 5 };

function loss(change: Partial<Loss> & { session?: Loss["session"] } = {}): Loss {
  return {
    item: { unknownOutcomes: 0, currentAttemptId: null },
    attempt: sent,
    lostBefore: 0,
    session: { state: "running", whenUnknown: "repeat" },
    ...change,
  };
}

const once = { unknownOutcomes: 1, currentAttemptId: null };
const withResult = { unknownOutcomes: 1, currentAttemptId: "a result" };
const ask = { state: "running", whenUnknown: "ask" } as const;
const cancelled = { state: "cancelled", whenUnknown: "repeat" } as const;

test.each([
  ["nothing had begun", loss({ attempt: null }), "queued", "none"],
  ["it was not sent yet", loss({ attempt: { ...sent, sentAt: null } }), "queued", "lost"],
  ["it costs nothing", loss({ attempt: { ...sent, paid: false } }), "queued", "lost"],
  ["it may have been charged", loss(), "queued", "unknown"],
  ["it may have been charged twice", loss({ item: once }), "failed", "unknown"],
  ["its owner wants to be asked", loss({ session: ask }), "failed", "unknown"],
  ["an earlier result is there", loss({ item: withResult }), "completed", "unknown"],
  ["its answer is stored", loss({ attempt: { ...sent, receivedAt: new Date(0) } }), "running", "keep"],
  ["its session was cancelled", loss({ session: cancelled }), "cancelled", "unknown"],
  ["it takes machines down", loss({ attempt: { ...sent, paid: false }, lostBefore: 5 }), "failed", "lost"],
])("when a worker is gone and %s", (_, given, status, attempt) => {
  expect(afterLoss(given)).toMatchObject({ status, attempt });
});
