import { LINE_PATIENCE_MS, TURNS_AHEAD_MS } from "./constants";
import { type RateLimit, turnOf } from "./pace";

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
  /** Until the first of the others may ask, ms. */
  askInMs: number;
  /** The provider asked for a silence too long to stand in line for. */
  silence: boolean;
};

/**
 * Gives turns to the calls in line (image units of each), no further ahead than TURNS_AHEAD_MS: what has its turn
 * leaves at the pace of that moment, so a new pace holds for all others at once.
 */
export function giveTurns(state: TurnState, line: number[]): Turns {
  const { now } = state;
  const blockedUntil = Math.max(now, state.blockedUntil ?? 0);
  const waits: number[] = [];
  let { sentTat } = state;
  for (const units of line) {
    const turn = turnOf(state, units);
    const moment = turn ? Math.max(blockedUntil, sentTat - turn.tolerance) : blockedUntil;
    if (moment > now + TURNS_AHEAD_MS) {
      const askInMs = moment - now - TURNS_AHEAD_MS / 2;
      return { waits, sentTat, askInMs, silence: blockedUntil > now + LINE_PATIENCE_MS };
    }
    if (turn) sentTat = Math.max(sentTat, moment) + turn.step;
    waits.push(moment - now);
  }
  return { waits, sentTat, askInMs: 0, silence: false };
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
