type Due = { at: number; order: number; run: () => void };

/** A clock that jumps from one thing to do to the next. */
export class Clock {
  now = 1_000_000;
  #due: Due[] = [];
  #order = 0;

  after(ms: number, run: () => void): void {
    this.#due.push({ at: this.now + Math.max(0, ms), order: this.#order++, run });
  }

  /** False when nothing is left to do. */
  step(): boolean {
    let first = 0;
    for (let at = 1; at < this.#due.length; at += 1) if (earlier(this.#due[at], this.#due[first])) first = at;
    const [next] = this.#due.splice(first, 1);
    if (!next) return false;
    this.now = next.at;
    next.run();
    return true;
  }
}

function earlier(one: Due | undefined, other: Due | undefined): boolean {
  if (!one || !other) return false;
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
