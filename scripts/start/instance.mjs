import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fingerprint, signal, waitForExit } from "../processes.mjs";
import { Trouble } from "./trouble.mjs";

/**
 * @typedef {{ pid: number, print: string }} Known a process by its id and what tells it from a later one with that id
 * @typedef {{ supervisor: Known, address: string, children: Record<string, Known> }} Run
 */

const LEFTOVER_MS = 5_000;

/** The start that runs on this data folder now. @param {string} dataDir @returns {Run | undefined} */
export function runningInstance(dataDir) {
  const run = read(dataDir);
  return run && isStill(run.supervisor) ? run : undefined;
}

/** Stops the start when another one runs on the same data folder. @param {string} dataDir */
export function refuseSecond(dataDir) {
  const run = runningInstance(dataDir);
  if (run) throw alreadyRunning(run);
}

/** Stops web and worker processes that a killed start left behind. @param {string} dataDir */
export async function stopLeftovers(dataDir) {
  const left = Object.values(read(dataDir)?.children ?? {}).filter(isStill);
  for (const { pid } of left) signal(pid, "SIGTERM", { group: true });
  await Promise.all(
    left.map(async ({ pid }) => {
      if (!(await waitForExit(pid, LEFTOVER_MS))) signal(pid, "SIGKILL", { group: true });
    }),
  );
}

/**
 * Takes the data folder for this process. Of two starts at the same moment one wins.
 * @param {{ dataDir: string, address: string }} options
 */
export async function takeInstance({ dataDir, address }) {
  const path = fileOf(dataDir);
  const mine = `${path}.${process.pid}`;
  /** @type {Run} */
  const run = {
    supervisor: { pid: process.pid, print: fingerprint(process.pid) ?? "" },
    address,
    children: {},
  };
  refuseSecond(dataDir);
  rmSync(path, { force: true });
  try {
    writeFileSync(path, format(run), { mode: 0o600, flag: "wx" });
  } catch {
    // Another start was faster, or the disk is full; what the file holds decides.
  }
  // Another start may have removed this file just after it was made, in the belief that it was the stale one.
  await sleep(100);
  if (read(dataDir)?.supervisor.pid !== process.pid) {
    const winner = runningInstance(dataDir);
    throw winner ? alreadyRunning(winner) : new Trouble(`${path} could not be written. Nothing was changed.`);
  }
  return {
    /** Remembers a child, so that a start after a crash finds it. */
    record: (/** @type {string} */ name, /** @type {number | undefined} */ pid) => {
      const print = pid === undefined ? undefined : fingerprint(pid);
      if (pid === undefined || print === undefined) delete run.children[name];
      else run.children[name] = { pid, print };
      writeFileSync(mine, format(run), { mode: 0o600 });
      renameSync(mine, path);
    },
    release: () => rmSync(path, { force: true }),
  };
}

function format(/** @type {Run} */ run) {
  return `${JSON.stringify(run, null, 2)}\n`;
}

function read(/** @type {string} */ dataDir) {
  const path = fileOf(dataDir);
  if (!existsSync(path)) return undefined;
  try {
    /** @type {Run} */
    const run = JSON.parse(readFileSync(path, "utf8"));
    return run;
  } catch {
    return undefined;
  }
}

function fileOf(/** @type {string} */ dataDir) {
  return join(dataDir, "run.json");
}

function isStill(/** @type {Known} */ { pid, print }) {
  return pid !== process.pid && fingerprint(pid) === print;
}

function alreadyRunning(/** @type {Run} */ { supervisor, address }) {
  return new Trouble(
    `Contact Sheet already runs on this data (process ${supervisor.pid}): ${address}\n` +
      "Open that address, stop it with Ctrl-C where it runs, or start a second one on data of its own: DATA_DIR=.data-2 PORT=3001 npm start",
  );
}
