import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { signal } from "../processes.mjs";
import { PROJECT } from "./settings.mjs";
import { Trouble } from "./trouble.mjs";

const KEPT_LINES = 30;

/**
 * Runs one program to its end with its output in a file; with a title, a calm line on the terminal meanwhile.
 * @param {{ title?: string, command: string, args: string[], env?: NodeJS.ProcessEnv, logFile: string,
 *           failure: string, abort?: AbortSignal }} options failure: what to say, with the last lines after it
 */
export async function runProgram({ title, command, args, env = process.env, logFile, failure, abort }) {
  const end = title ? sayWhile(title) : () => {};
  const result = await runQuietly({ command, args, env, logFile, abort });
  end(result.code === 0);
  if (abort?.aborted) throw new Trouble("Stopped.");
  if (result.code !== 0) throw new Trouble(`${failure}\n\n${result.tail}\n\nAll of it: ${logFile}`);
}

/** @returns {Promise<{ code: number, tail: string }>} */
function runQuietly(
  /** @type {{ command: string, args: string[], env: NodeJS.ProcessEnv, logFile: string, abort: AbortSignal | undefined }} */ {
    command,
    args,
    env,
    logFile,
    abort,
  },
) {
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  const file = createWriteStream(logFile, { mode: 0o600 });
  const child = spawn(command, args, {
    cwd: PROJECT,
    env,
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  let tail = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (/** @type {string} */ text) => {
      file.write(text);
      tail = (tail + text).split("\n").slice(-KEPT_LINES).join("\n");
    });
  }
  const stop = () => child.pid && signal(child.pid, "SIGTERM", { group: true });
  abort?.addEventListener("abort", stop, { once: true });
  return new Promise((settle) => {
    const finish = (/** @type {number} */ code, /** @type {string} */ words) => {
      abort?.removeEventListener("abort", stop);
      file.end(() => settle({ code, tail: words.trim() }));
    };
    child.once("error", (error) => finish(1, error.message));
    child.once("close", (code) => finish(code ?? 1, tail));
  });
}

function sayWhile(/** @type {string} */ title) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const live = process.stdout.isTTY === true;
  if (!live) process.stdout.write(`${title} ...\n`);
  const timer = live
    ? setInterval(() => process.stdout.write(`\r${title} ... ${seconds()} s `), 1000)
    : undefined;
  if (live) process.stdout.write(`${title} ...`);
  return (/** @type {boolean} */ ok) => {
    clearInterval(timer);
    const line = `${title}: ${ok ? "done" : "failed"} after ${seconds()} s`;
    process.stdout.write(live ? `\r${line}\n` : `${line}\n`);
  };
}
