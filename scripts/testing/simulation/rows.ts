import type { Attempt, Item, ItemStatus, Session } from "@/db/schema";
import type { Limit } from "@/lib/limits/types";
import { WORST } from "./provider";

// The columns that decide anything.

export type SimSession = Pick<Session, "budget" | "spend" | "reserved" | "worstPrice" | "pauseReason"> & {
  id: number;
  state: "running" | "paused";
};

export type SimAttempt = Pick<Attempt, "paid" | "sentAt" | "receivedAt" | "reserved" | "cost" | "charge">;

export type SimItem = Pick<Item, "currentAttemptId" | "transientFailures" | "crashes" | "unknownOutcomes"> & {
  session: SimSession;
  position: number;
  status: ItemStatus;
  dueAt: number;
  lease: number;
  worker: number;
  /** Under way. */
  attempt: SimAttempt | null;
  attempts: SimAttempt[];
  lost: number;
};

export function newSession(id: number, { budget }: { budget: number | null }): SimSession {
  return { id, state: "running", pauseReason: null, budget, spend: 0, reserved: 0, worstPrice: WORST };
}

export function newItem(session: SimSession, position: number): SimItem {
  return {
    session,
    position,
    status: "queued",
    dueAt: 0,
    lease: 0,
    worker: 0,
    attempt: null,
    attempts: [],
    lost: 0,
    currentAttemptId: null,
    transientFailures: 0,
    crashes: 0,
    unknownOutcomes: 0,
  };
}

export function newLimit(now: number): Limit {
  return {
    inFlight: 8,
    maxInFlight: 256,
    imagesPerMinute: 5,
    requestsPerMinute: null,
    rateSource: "default",
    imagesTat: now,
    requestsTat: now,
    blockedUntil: null,
    blockedWhy: null,
    cleanAnswers: 0,
    changedAt: 0,
    recent: 0,
    answers: 0,
  };
}
