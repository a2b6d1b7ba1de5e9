import { setTimeout as sleep } from "node:timers/promises";

/**
 * @typedef {object} Running
 * @property {number} pid
 * @property {Promise<string>} exited resolves, with how, when it ends for whatever reason
 * @property {(graceMs: number) => Promise<void>} stop
 */

export const BACKOFF = { firstMs: 1_000, longestMs: 8_000, settledMs: 60_000 };

/**
 * Starts something and starts it again whenever it dies: after 1 s, then 2, 4 and 8 s; once it has lived a minute
 * the count begins anew.
 * @param {object} options
 * @param {string} options.name
 * @param {() => Promise<Running>} options.start
 * @param {(line: string) => void} options.say
 * @param {(pid: number | undefined) => void} [options.onPid]
 * @param {typeof BACKOFF} [options.backoff]
 */
export function keepAlive({ name, start, say, onPid = () => {}, backoff = BACKOFF }) {
  const ending = new AbortController();
  /** @type {Running | undefined} */
  let current;
  let delay = backoff.firstMs;
  let deaths = 0;
  let isAsked = false;

  async function once() {
    const started = Date.now();
    current = await start();
    onPid(current.pid);
    // The order to stop may have come while it was starting.
    if (ending.signal.aborted) await current.stop(0);
    const how = await current.exited;
    current = undefined;
    onPid(undefined);
    if (Date.now() - started >= backoff.settledMs) delay = backoff.firstMs;
    return how;
  }

  async function loop(/** @type {Promise<string>} */ first) {
    for (let life = first; ; life = once()) {
      const how = await life.catch((error) => (error instanceof Error ? error.message : String(error)));
      if (ending.signal.aborted) return;
      if (isAsked) {
        isAsked = false;
        continue;
      }
      deaths += 1;
      say(`The ${name} stopped (${how}). Starting it again in ${delay / 1000} s.`);
      await sleep(delay, undefined, { signal: ending.signal }).catch(() => {});
      if (ending.signal.aborted) return;
      delay = Math.min(delay * 2, backoff.longestMs);
    }
  }

  const finished = loop(once());
  return {
    /** How often it died unasked. */
    deaths: () => deaths,
    /** Stops it and lets it start again at once, with what `start` reads then. */
    restart: async () => {
      isAsked = current !== undefined;
      await current?.stop(5_000);
    },
    /** Stops it for good; resolves when it is gone. */
    stop: async (/** @type {number} */ graceMs) => {
      ending.abort();
      await current?.stop(graceMs);
      await finished;
    },
    hurry: () => void current?.stop(0),
  };
}
