import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether a process with this id exists. @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return !isZombie(pid);
}

// A dead child nobody has waited for still answers to signal 0.
function isZombie(/** @type {number} */ pid) {
  if (process.platform !== "linux") return false;
  return statFields(pid)?.[0] === "Z";
}

/**
 * What tells a process from a stranger that later gets the same id: when it started and what it runs.
 * @param {number} pid
 * @returns {string | undefined} undefined when there is no such process
 */
export function fingerprint(pid) {
  if (!isAlive(pid)) return undefined;
  // Start in ticks since boot; another boot may repeat both the id and the tick.
  if (process.platform === "linux") return `${statFields(pid)?.[19]} ${bootId()}`;
  if (process.platform === "win32") return "unknown";
  return ps(pid, "lstart=");
}

/** The command line of a process, "" when it cannot be read. @param {number} pid */
export function commandOf(pid) {
  if (process.platform === "win32") return "";
  if (process.platform !== "linux") return ps(pid, "command=") ?? "";
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/**
 * Waits until a process is gone.
 * @param {number} pid
 * @param {number} ms
 * @returns {Promise<boolean>} false when it was still there at the end
 */
export async function waitForExit(pid, ms) {
  for (const until = Date.now() + ms; Date.now() < until; await sleep(50)) {
    if (!isAlive(pid)) return true;
  }
  return !isAlive(pid);
}

/** Sends a signal to a process, or with `group` to all it leads, whether it is there or not. */
export function signal(
  /** @type {number} */ pid,
  /** @type {NodeJS.Signals} */ name,
  { group = false } = {},
) {
  // 0 would mean this process's own group.
  if (!(pid > 0)) return;
  try {
    process.kill(group && process.platform !== "win32" ? -pid : pid, name);
  } catch {
    // Gone already.
  }
}

// Fields of /proc/<pid>/stat from the third on; the second, the name, may hold spaces and brackets.
function statFields(/** @type {number} */ pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

function bootId() {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

function ps(/** @type {number} */ pid, /** @type {string} */ column) {
  const { stdout } = spawnSync("ps", ["-p", String(pid), "-o", column], { encoding: "utf8" });
  return stdout?.trim() || undefined;
}
