/** @typedef {{ stop: () => Promise<void> | void, hurry?: () => void }} Cleanup */

// npm hands Ctrl-C on to a process that the terminal has told already.
const SAME_ORDER_MS = 1_000;

/**
 * Listens for the order to stop and undoes what was started, last first.
 * @param {(line: string) => void} say
 */
export function createEnding(say) {
  /** @type {Cleanup[]} */
  const cleanups = [];
  const controller = new AbortController();
  let askedAt = 0;

  const ask = () => {
    if (askedAt === 0) {
      askedAt = Date.now();
      say("Stopping. Work in progress goes on at the next start.");
      controller.abort();
    } else if (Date.now() - askedAt > SAME_ORDER_MS) {
      for (const { hurry } of cleanups) hurry?.();
    }
  };
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(name, ask);
  watchNpm(ask);

  return {
    signal: controller.signal,
    asked: new Promise((settle) => controller.signal.addEventListener("abort", settle, { once: true })),
    add: (/** @type {Cleanup} */ cleanup) => void cleanups.push(cleanup),
    run: async () => {
      for (const { stop } of cleanups.toReversed()) await stop();
    },
  };
}

// A signal to npm does not always reach the process it started, but npm's end can be seen.
function watchNpm(/** @type {() => void} */ ask) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    ask();
  }, 500);
  timer.unref();
}
