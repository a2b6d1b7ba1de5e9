import { LEAST_AHEAD_MS, LINE_ASKS_EVERY_MS, LINE_PATIENCE_MS, MOST_AHEAD_MS } from "./constants";
import { type RateLimit, type Turn, turnOf } from "./pace";

/** A connection's limiter as one moment of the database clock has it, for calls that are ready to leave. */
export type TurnState = RateLimit & {
  now: number;
  /** Theoretical arrival time of the next call that leaves. */
  sentTat: number;
  blockedUntil: number | null;
};

export type Turns = {
  /** Until each of the first calls in line leaves, ms; the others ask again. */
  waits: number[];
  sentTat: number;
  /** Until the first of the others would leave, ms; 0: there is none. */
  nextInMs: number;
  /** The provider asked for a silence too long to stand in line for. */
  silence: boolean;
  /** What one image takes up at this pace (`turnOf`); null: no rate limits it. */
  pace: Turn | null;
};

/**
 * Gives turns to the calls in line (image units of each), no further ahead than `aheadMs`: what has its turn leaves at
 * the pace of that moment, so a new pace holds for all others at once.
 */
export function giveTurns(state: TurnState, { line, aheadMs }: { line: number[]; aheadMs: number }): Turns {
  const { now } = state;
  const blockedUntil = Math.max(now, state.blockedUntil ?? 0);
  const waits: number[] = [];
  const pace = turnOf(state, 1);
  let { sentTat } = state;
  for (const units of line) {
    const turn = turnOf(state, units);
    const moment = turn ? Math.max(blockedUntil, sentTat - turn.tolerance) : blockedUntil;
    if (moment > now + aheadMs) {
      return { waits, sentTat, nextInMs: moment - now, silence: blockedUntil > now + LINE_PATIENCE_MS, pace };
    }
    if (turn) sentTat = Math.max(sentTat, moment) + turn.step;
    waits.push(moment - now);
  }
  return { waits, sentTat, nextInMs: 0, silence: false, pace };
}

/**
 * The least theoretical arrival time of calls after a refusal: the provider has nothing left, so after its silence they
 * leave one by one, with no crowd in front. `before` is the limiter before the refusal. Null: there was none.
 */
export function usedUpTat(
  limit: RateLimit & Pick<TurnState, "blockedUntil"> & { blockedWhy: string | null },
  before: Pick<TurnState, "blockedUntil">,
): number | null {
  const { blockedUntil, blockedWhy } = limit;
  if (blockedUntil === null || blockedWhy !== "rate_limited" || blockedUntil === before.blockedUntil)
    return null;
  return blockedUntil + (turnOf(limit, 1)?.tolerance ?? 0);
}

/** When a call of `units` images that has its turn leaves, and the theoretical arrival time after it. */
export function leaveAt(
  { now, tat }: { now: number; tat: number },
  { pace, units }: { pace: Turn; units: number },
): { moment: number; tat: number } {
  const moment = Math.max(now, tat - pace.tolerance);
  return { moment, tat: Math.max(tat, moment) + units * pace.step };
}

/** How far ahead to ask when the last question took `tookMs`: far enough that the answer to the next comes in time. */
export function aheadFor(tookMs: number): number {
  return Math.min(MOST_AHEAD_MS, Math.max(LEAST_AHEAD_MS, 2 * tookMs));
}

/** Ms to wait after an answer before the next question, so that its answer comes before the next moment. */
export function askAgainIn({ nextInMs }: Turns, aheadMs: number): number {
  return Math.min(LINE_ASKS_EVERY_MS, Math.max(1, nextInMs - 0.75 * aheadMs));
}
