import { aheadFor, askAgainIn, type Turns } from "@/lib/limits/turns";
import type { Clock } from "./clock";
import type { Random } from "./random";

type Given = {
  clock: Clock;
  random: Random;
  /** How long the database takes for an answer. */
  answersMs: [number, number];
  ask(callers: number, aheadMs: number): Turns;
};

/** Calls of one worker that are ready to leave (lib/limits/turnstile): one question at a time, none during a hold. */
export class Line {
  #callers: (() => void)[] = [];
  #moving = false;
  #holds = 0;
  #refusals = 0;
  #tookMs = 0;

  constructor(private readonly given: Given) {}

  join(leave: () => void): void {
    this.#callers.push(leave);
    this.#move();
  }

  /** Nobody leaves before the news of a refusal is written. */
  hold(ms: number, write: () => void): void {
    this.#holds += 1;
    this.#refusals += 1;
    this.given.clock.after(ms, () => {
      write();
      this.#holds -= 1;
      this.#move();
    });
  }

  #move(): void {
    if (this.#moving || this.#holds > 0 || this.#callers.length === 0) return;
    this.#moving = true;
    const { clock, random, answersMs } = this.given;
    const aheadMs = aheadFor(this.#tookMs);
    this.#tookMs = random.between(...answersMs);
    const refusals = this.#refusals;
    // Asked for half way there, and seen half way later.
    clock.after(this.#tookMs / 2, () => {
      const turns = this.given.ask(this.#callers.length, aheadMs);
      clock.after(this.#tookMs / 2, () => this.#letGo(turns, { aheadMs, refusals }));
    });
  }

  #letGo(turns: Turns, { aheadMs, refusals }: { aheadMs: number; refusals: number }): void {
    const { clock } = this.given;
    const going = this.#callers.splice(0, turns.silence ? this.#callers.length : turns.waits.length);
    for (const [at, leave] of going.entries())
      clock.after(turns.waits[at] ?? 0, () => this.#leave(leave, refusals));
    clock.after(this.#callers.length > 0 ? askAgainIn(turns, aheadMs) : 0, () => {
      this.#moving = false;
      this.#move();
    });
  }

  /** A turn from before a refusal is worth nothing any more. */
  #leave(leave: () => void, refusals: number): void {
    if (this.#refusals === refusals) {
      leave();
      return;
    }
    this.#callers.unshift(leave);
    this.#move();
  }
}
