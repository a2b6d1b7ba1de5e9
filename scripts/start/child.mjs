import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { signal } from "../processes.mjs";
import { errorPrinter, openLog } from "./logs.mjs";
import { PROJECT } from "./settings.mjs";

/**
 * Starts one process of Contact Sheet, its output in a log file and its errors on the terminal.
 * @param {object} options
 * @param {string} options.name
 * @param {string[]} options.args for this Node
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} options.logPath
 * @param {(line: string) => void} options.say
 * @param {boolean} options.everything show all of its output, not only errors
 * @returns {Promise<import("./keep-alive.mjs").Running>}
 */
export async function startChild({ name, args, env, logPath, say, everything }) {
  const log = openLog(logPath);
  const child = spawn(process.execPath, args, {
    cwd: PROJECT,
    env: { ...env, SUPERVISOR_PID: String(process.pid) },
    // A process group of its own: Ctrl-C in a terminal reaches the supervisor alone, which stops things in order.
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const print = errorPrinter({ name, logPath, say, everything });
  forward({ stream: child.stdout, from: "out", log, print });
  forward({ stream: child.stderr, from: "err", log, print });
  /** @type {Promise<string>} */
  const exited = new Promise((settle) => {
    child.once("error", (error) => settle(error.message));
    child.once("close", (code, name) => settle(name ?? `exit code ${code}`));
  });
  const pid = child.pid ?? 0;
  exited.then(() => log.close());
  return { pid, exited, stop: (graceMs) => stop({ pid, exited, graceMs }) };
}

function forward(
  /** @type {{ stream: import("node:stream").Readable, from: "out" | "err", log: ReturnType<typeof openLog>, print: ReturnType<typeof errorPrinter> }} */ {
    stream,
    from,
    log,
    print,
  },
) {
  createInterface({ input: stream, crlfDelay: Infinity }).on("line", (line) => {
    log.write(`${line}\n`);
    print(line, from);
  });
}

/** SIGTERM, and SIGKILL to all it started when it is still there after the grace. */
async function stop(
  /** @type {{ pid: number, exited: Promise<string>, graceMs: number }} */ { pid, exited, graceMs },
) {
  if (pid === 0) return;
  const kill = () => signal(pid, "SIGKILL", { group: true });
  if (graceMs === 0) {
    kill();
    await exited;
    return;
  }
  signal(pid, "SIGTERM");
  const timer = setTimeout(kill, graceMs);
  await exited;
  clearTimeout(timer);
  kill();
}
