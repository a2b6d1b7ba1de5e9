import { setTimeout as sleep } from "node:timers/promises";
import { sessionRow } from "@/scripts/testing/factories";
import { connect, draftOf, forgetLimits, inHand, LATENCY, runDrafts, startWorkers, stopWorkers } from "./rig";

/** Issue figures: 600 images at 1,200 a minute, answers in 0.2 to 2 s. */
export const IMAGES = 600;
export const PER_MINUTE = 1_200;

/** A provider's bucket is full again after so long. */
const REST_MS = 2_000;

export type Measured = {
  seconds: number;
  ideal: number;
  refused: number;
  failed: number;
  /** At half time: how far the quicker session is ahead of an equal share. */
  unfair: number;
  /** Share of the items in hand, over the whole run, that the least busy worker had. */
  leastBusy: number;
};

/** One run with workers in processes of their own, which did some images before: what they load is loaded. */
export async function measure({
  told,
  sessions = 1,
  workers = 1,
  headers = false,
}: {
  told: number | null;
  sessions?: number;
  workers?: number;
  headers?: boolean;
}): Promise<Measured> {
  const fake = await connect({ told, limit: PER_MINUTE, headers });
  const running = await startWorkers(workers);
  try {
    await runDrafts([await draftOf(20 * workers)]);
    await forgetLimits();
    await sleep(REST_MS);
    const drafts = [];
    for (let at = 0; at < sessions; at += 1) drafts.push(await draftOf(IMAGES / sessions));
    const before = fake.imageCalls().length;
    const half = new HalfTime(sessions);
    const shares = new Shares(workers);
    const started = performance.now();
    await runDrafts(drafts, async (done) => {
      half.look(done);
      if (workers > 1) shares.add(await inHand());
    });
    const seconds = (performance.now() - started) / 1_000;
    const rows = await Promise.all(drafts.map(({ sessionId }) => sessionRow(sessionId)));
    const calls = fake.imageCalls().slice(before);
    return {
      seconds,
      ideal: IMAGES / (PER_MINUTE / 60) + (LATENCY.minMs + LATENCY.maxMs) / 2_000,
      refused: calls.filter(({ status }) => status === 429).length,
      failed: rows.reduce((open, { completedCount }) => open - completedCount, IMAGES),
      unfair: half.unfair,
      leastBusy: shares.least(),
    };
  } finally {
    await stopWorkers(running);
    await fake.close();
  }
}

class HalfTime {
  unfair = 0;
  #over = false;

  constructor(private readonly sessions: number) {}

  look(done: number[]): void {
    const total = done.reduce((sum, count) => sum + count, 0);
    if (this.#over || total < IMAGES / 2) return;
    this.#over = true;
    this.unfair = Math.max(...done) / (total / this.sessions) - 1;
  }
}

class Shares {
  readonly #items = new Map<string, number>();

  constructor(private readonly workers: number) {}

  add(counts: { worker: string; items: number }[]): void {
    for (const { worker, items } of counts) this.#items.set(worker, (this.#items.get(worker) ?? 0) + items);
  }

  least(): number {
    const counts = [...this.#items.values()];
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.length < this.workers ? 0 : Math.min(...counts) / Math.max(1, total);
  }
}
