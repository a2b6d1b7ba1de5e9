import { setTimeout as sleep } from "node:timers/promises";
import { MayPass, mayPass, unavailable } from "./trouble";

const TRIES = 5;
const LONGEST_WAIT_MS = 5_000;

/** Before the next try: full jitter over a doubling span, and never less than the storage asked for. */
export function backoff(attempt: number, firstWaitMs: number, error: unknown): Promise<void> {
  const asked = error instanceof MayPass ? error.waitMs : 0;
  const span = Math.random() * firstWaitMs * 2 ** attempt;
  return sleep(Math.min(LONGEST_WAIT_MS, Math.max(asked, span)));
}

/** Tries what may pass 5 times. Throws StorageError when it does not, and anything else at once. */
export async function withRetries<T>(firstWaitMs: number, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!mayPass(error)) throw error;
      if (attempt === TRIES) throw unavailable(error);
      await backoff(attempt, firstWaitMs, error);
    }
  }
}
