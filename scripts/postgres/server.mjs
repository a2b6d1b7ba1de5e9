import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandOf, isAlive, signal, waitForExit } from "../processes.mjs";
import { freePort, probe } from "./probe.mjs";

/** @typedef {import("./place.mjs").Place} Place */

const PATIENCE_MS = 60_000;
// The shared memory of a server that was killed lives until its last helper process has noticed.
const LEFTOVER_MS = 15_000;

/**
 * The server that already runs on this data, after a start that was killed; a stale pid file is taken away.
 * @param {Place} place
 * @param {(line: string) => void} log
 * @returns {Promise<{ pid: number, port: number } | undefined>}
 */
export async function findRunning(place, log) {
  const running = readPidFile(place);
  if (!running) return undefined;
  if (!isPostgres(running.pid)) {
    rmSync(join(place.data, "postmaster.pid"), { force: true });
    return undefined;
  }
  let said = false;
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(200)) {
    if (!isPostgres(running.pid)) return findRunning(place, log);
    if ((await probe(running.port)) === "ready") return running;
    if (!said) log("The database is still starting or stopping from before. Waiting for it.");
    said = true;
  }
  throw new Error(
    `A Postgres (process ${running.pid}) holds ${place.data} but has not answered at port ${running.port} for ${PATIENCE_MS / 1000} s. Nothing was changed.\n` +
      `Stop it with  kill ${running.pid}  and start again.`,
  );
}

/**
 * Starts a server and waits until it takes connections.
 * @param {{ place: Place, logFile: string, durable: boolean }} options
 * @returns {Promise<{ pid: number, port: number }>}
 */
export async function launch({ place, logFile, durable }) {
  const portFile = join(place.home, "postgres.port");
  const remembered = existsSync(portFile) ? Number(readFileSync(portFile, "utf8")) || 0 : 0;
  const port = await freePort(remembered);
  writeFileSync(portFile, `${port}\n`);
  const until = Date.now() + LEFTOVER_MS;
  for (;;) {
    const from = existsSync(logFile) ? readFileSync(logFile).length : 0;
    const pid = spawnServer({ place, port, logFile, durable });
    if (await becomesReady({ pid, port })) return { pid, port };
    const words = readFileSync(logFile).subarray(from).toString("utf8").trim();
    if (/shared memory block|is still in use|Address already in use/.test(words) && Date.now() < until) {
      await sleep(300);
      continue;
    }
    throw new Error(
      `Postgres did not start on ${place.data}. Nothing was changed. It said:\n${lastLines(words, 12)}`,
    );
  }
}

/** Stops a server in good order: open work is rolled back, data is written. */
export async function halt(/** @type {Place} */ place, /** @type {number} */ pid) {
  if (process.platform === "win32") {
    spawnSync(join(place.native, "bin", "pg_ctl"), ["stop", "-D", place.data, "-m", "fast", "-w"], {
      stdio: "ignore",
    });
  } else {
    signal(pid, "SIGINT");
  }
  if (await waitForExit(pid, PATIENCE_MS)) return;
  signal(pid, "SIGQUIT");
  await waitForExit(pid, 10_000);
}

function spawnServer(
  /** @type {{ place: Place, port: number, logFile: string, durable: boolean }} */ {
    place,
    port,
    logFile,
    durable,
  },
) {
  mkdirSync(join(logFile, ".."), { recursive: true, mode: 0o700 });
  const out = openSync(logFile, "a", 0o600);
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 100,
    timezone: "UTC",
    log_timezone: "UTC",
    log_min_duration_statement: 5_000,
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  const child = spawn(
    join(place.native, "bin", "postgres"),
    ["-D", place.data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    {
      ...place.account,
      cwd: place.home,
      // Its own process group: Ctrl-C in a terminal must reach web and worker first.
      detached: true,
      stdio: ["ignore", out, out],
      env: { ...process.env, LC_ALL: "C" },
    },
  );
  closeSync(out);
  child.on("error", () => {});
  child.unref();
  return child.pid ?? 0;
}

async function becomesReady(/** @type {{ pid: number, port: number }} */ { pid, port }) {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(25)) {
    if (pid === 0 || !isAlive(pid)) return false;
    if ((await probe(port)) === "ready") return true;
  }
  signal(pid, "SIGQUIT");
  return false;
}

function readPidFile(/** @type {Place} */ { data }) {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  return { pid: Number(lines[0]) || 0, port: Number(lines[3]) || 0 };
}

// The id in a stale pid file may belong to a stranger by now.
function isPostgres(/** @type {number} */ pid) {
  if (pid <= 0 || !isAlive(pid)) return false;
  return process.platform === "win32" || /postgres/.test(commandOf(pid));
}

function lastLines(/** @type {string} */ text, /** @type {number} */ count) {
  return text.split("\n").slice(-count).join("\n");
}
