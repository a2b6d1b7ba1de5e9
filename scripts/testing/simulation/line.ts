import { LINE_ASKS_EVERY_MS } from "@/lib/limits/constants";
import type { Turns } from "@/lib/limits/turns";
import type { Clock } from "./clock";
import type { Random } from "./random";

type Given = { clock: Clock; random: Random; ask: (callers: number) => Turns };

/** Calls of one worker that are ready to leave (lib/limits/turnstile): one question at a time, none during a hold. */
export class Line {
  #callers: (() => void)[] = [];
  #moving = false;
  #holds = 0;

  constructor(private readonly given: Given) {}

  join(leave: () => void): void {
    this.#callers.push(leave);
    this.#move();
  }

  /** Nobody leaves before the news of a refusal is written. */
  hold(ms: number, write: () => void): void {
    this.#holds += 1;
    this.given.clock.after(ms, () => {
      write();
      this.#holds -= 1;
      this.#move();
    });
  }

  #move(): void {
    if (this.#moving || this.#holds > 0 || this.#callers.length === 0) return;
    this.#moving = true;
    this.given.clock.after(this.given.random.between(1, 15), () => this.#letGo());
  }

  #letGo(): void {
    const { clock, ask } = this.given;
    const { waits, askInMs, silence } = ask(this.#callers.length);
    const going = this.#callers.splice(0, silence ? this.#callers.length : waits.length);
    for (const [at, leave] of going.entries()) clock.after(waits[at] ?? 0, () => this.#leave(leave));
    clock.after(Math.min(askInMs, LINE_ASKS_EVERY_MS), () => {
      this.#moving = false;
      this.#move();
    });
  }

  #leave(leave: () => void): void {
    if (this.#holds === 0) leave();
    else this.#callers.unshift(leave);
  }
}
