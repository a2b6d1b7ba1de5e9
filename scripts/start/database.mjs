import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { startPostgres } from "../postgres.mjs";
import { keepAlive } from "./keep-alive.mjs";
import { capLog } from "./logs.mjs";
import { runProgram } from "./program.mjs";
import { programPath } from "./programs.mjs";

const CAP_EVERY_MS = 10 * 60_000;

/**
 * The embedded Postgres, kept alive. `url()` is where it is now: after a crash it may have moved to another port.
 * A guest uses the one of the start that runs, and leaves it running.
 * @param {{ dataDir: string, isGuest: boolean, say: (line: string) => void, onMove: () => void }} options
 */
export async function keepPostgres({ dataDir, isGuest, say, onMove }) {
  if (isGuest) {
    const { url } = await startPostgres({ dataDir, log: say });
    return { url: () => url, stop: () => {} };
  }
  const logFile = join(dataDir, "logs", "postgres.log");
  const capping = setInterval(() => capLog(logFile), CAP_EVERY_MS);
  capping.unref();
  capLog(logFile);
  let server = await startPostgres({ dataDir, log: say });
  let isFirst = true;
  const start = async () => {
    const before = server.url;
    if (!isFirst) server = await startPostgres({ dataDir, log: say });
    isFirst = false;
    if (server.url !== before) onMove();
    const { pid, stop, onExit } = server;
    /** @type {Promise<string>} */
    const exited = new Promise((settle) => onExit(() => settle(`its last words are in ${logFile}`)));
    return { pid, exited: Promise.race([exited, stopped.promise]), stop: () => stop().then(stopped.settle) };
  };
  const stopped = signalOnce();
  const kept = keepAlive({ name: "database", start, say });
  return { url: () => server.url, stop: () => kept.stop(0) };
}

/**
 * Checks the configuration, migrates the database and, when wanted, makes a one-time owner link there.
 * @param {{ env: NodeJS.ProcessEnv, logFile: string, ownerLink: boolean, abort: AbortSignal }} options
 * @returns {Promise<string | undefined>} the token of the link
 */
export async function prepareDatabase({ env, logFile, ownerLink, abort }) {
  const token = ownerLink ? randomBytes(32).toString("base64url") : undefined;
  await runProgram({
    command: process.execPath,
    args: [programPath("prepare")],
    env: { ...env, OWNER_LINK_HASH: token ? createHash("sha256").update(token).digest("hex") : "" },
    logFile,
    abort,
    failure: "Contact Sheet did not start. Your data was not touched.",
  });
  return token;
}

function signalOnce() {
  /** @type {(how: string) => void} */
  let settle = () => {};
  /** @type {Promise<string>} */
  const promise = new Promise((resolve) => {
    settle = resolve;
  });
  return { promise, settle: () => settle("stopped") };
}
