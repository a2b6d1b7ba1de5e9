import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseDown } from "./failure";
import { log } from "./log";

/**
 * Repeats what must not fail while the database is away, for at most `forMs`. `work` must be safe to repeat: a commit
 * whose answer was cut off is met again.
 */
export async function whileDatabaseAway<T>(work: () => Promise<T>, forMs = 5 * 60_000): Promise<T> {
  const until = Date.now() + forMs;
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseDown(error) || Date.now() > until) throw error;
      if (tries === 0) log.warn("the database is away; what is under way waits for it");
      await sleep(Math.min(250 * 2 ** tries, 5_000));
    }
  }
}
