import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { DATABASE, ensureCluster, USER } from "./postgres/cluster.mjs";
import { findPlace, forgetPlace } from "./postgres/place.mjs";
import { findRunning, halt, launch } from "./postgres/server.mjs";
import { isAlive } from "./processes.mjs";

/**
 * @typedef {object} Postgres
 * @property {string} url of the database, with its password
 * @property {number} port on 127.0.0.1
 * @property {number} pid
 * @property {string} home folder the cluster lies in: `dataDir`, or one outside it that every user may enter
 * @property {() => Promise<void>} stop waits until it is down
 * @property {(listener: () => void) => void} onExit called once when it dies unasked
 * @property {() => void} remove deletes what a stopped one left outside `dataDir`; for tests
 */

/**
 * The embedded Postgres on `<dataDir>/postgres`: made when missing, taken over when a killed start left it running.
 * Listens on 127.0.0.1 only. Errors say what happened, that nothing was changed and what to do.
 * @param {{ dataDir: string, log?: (line: string) => void, durable?: boolean }} options durable false: for tests, no fsync
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ dataDir, log = () => {}, durable = true }) {
  const folder = resolve(dataDir);
  mkdirSync(folder, { recursive: true });
  const place = findPlace(folder);
  const { password, isNew } = ensureCluster(place, durable);
  if (isNew && place.home !== folder)
    log(`The database lies in ${place.home}: only root may enter this folder.`);
  const logFile = join(folder, "logs", "postgres.log");
  const server = (await findRunning(place, log)) ?? (await launch({ place, logFile, durable }));
  const watch = watchExit(server.pid);
  return {
    ...server,
    home: place.home,
    url: `postgres://${USER}:${password}@127.0.0.1:${server.port}/${DATABASE}`,
    onExit: watch.onExit,
    stop: async () => {
      watch.end();
      await halt(place, server.pid);
    },
    remove: () => forgetPlace(place, folder),
  };
}

// A server taken over from an earlier start is nobody's child, so its end can only be seen by looking.
function watchExit(/** @type {number} */ pid) {
  /** @type {(() => void)[]} */
  const listeners = [];
  const timer = setInterval(() => {
    if (isAlive(pid)) return;
    clearInterval(timer);
    for (const listener of listeners) listener();
  }, 250);
  timer.unref();
  return {
    onExit: (/** @type {() => void} */ listener) => void listeners.push(listener),
    end: () => clearInterval(timer),
  };
}
