import { chance } from "../fake-provider/random";
import { type ChaosSize, TARGETS, type Target } from "./types";

export type PlannedKill = {
  target: Target;
  /** So many items have ended, */
  after: number;
  /** and then this passes. */
  delayMs: number;
};

/** Kills come while there is work left to kill; some of them close together, into a recovery. */
const FROM = 0.03;
const TO = 0.7;
const LONGEST_DELAY_MS = 1_500;

/** Who is killed when, by the seed alone; every target as often as the others, give or take one. */
export function planKills({ seed, items, kills }: ChaosSize): PlannedKill[] {
  const draw = (call: number, use: string) => chance({ seed, call, use });
  const targets = Array.from({ length: kills }, (_, at) => ({
    target: TARGETS[at % TARGETS.length] ?? "worker",
    turn: draw(at, "turn"),
  })).toSorted((a, b) => a.turn - b.turn);
  const moments = targets.map((_, at) => FROM + draw(at, "moment") * (TO - FROM)).toSorted((a, b) => a - b);
  return targets.map(({ target }, at) => ({
    target,
    after: Math.floor((moments[at] ?? TO) * items),
    delayMs: draw(at, "delay") * LONGEST_DELAY_MS,
  }));
}
