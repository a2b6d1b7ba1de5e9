import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  openSync,
  renameSync,
  statSync,
  truncateSync,
  writeSync,
} from "node:fs";

export const LOG_BYTES = 10_000_000;
const SHOWN_LINES = 20;
const SHOWN_MS = 10_000;

/**
 * A log file that keeps at most two times `limit` bytes: the file and the one before it, `<path>.1`.
 * A full disk loses lines, never the program that writes them.
 * @param {string} path
 * @param {number} [limit]
 */
export function openLog(path, limit = LOG_BYTES) {
  let file = openSync(path, "a", 0o600);
  return {
    path,
    write: (/** @type {string | Uint8Array} */ data) => {
      try {
        if (fstatSync(file).size > limit) {
          closeSync(file);
          renameSync(path, `${path}.1`);
          file = openSync(path, "a", 0o600);
        }
        writeSync(file, typeof data === "string" ? Buffer.from(data) : data);
      } catch {
        // The terminal still shows errors.
      }
    },
    close: () => closeSync(file),
  };
}

/** The same limit for a file another program holds open for appending. @param {string} path */
export function capLog(path, limit = LOG_BYTES) {
  if (!existsSync(path) || statSync(path).size <= limit) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path, 0);
}

/**
 * Shows the errors of one process on the terminal: lines of our log at level error, and whatever else comes on stderr.
 * A flood is cut and the file named.
 * @param {{ name: string, logPath: string, say: (line: string) => void, everything: boolean }} options
 */
export function errorPrinter({ name, logPath, say, everything }) {
  let windowStart = 0;
  let shown = 0;
  return (/** @type {string} */ line, /** @type {"out" | "err"} */ from) => {
    const words = everything ? line : errorWords(line, from);
    if (!words?.trim()) return;
    if (Date.now() - windowStart > SHOWN_MS) {
      windowStart = Date.now();
      shown = 0;
    }
    shown += 1;
    if (everything || shown < SHOWN_LINES) say(`${name}: ${words}`);
    if (!everything && shown === SHOWN_LINES) say(`${name}: more in ${logPath}`);
  };
}

function errorWords(/** @type {string} */ line, /** @type {"out" | "err"} */ from) {
  if (!line.startsWith("{")) return from === "err" ? line : undefined;
  try {
    const { level, message, error, err, ...rest } = JSON.parse(line);
    if (level !== "error") return undefined;
    const id = rest.requestId ? ` (request ${rest.requestId})` : "";
    const cause = error ?? err;
    return `${message}${cause ? `: ${typeof cause === "string" ? cause : JSON.stringify(cause)}` : ""}${id}`;
  } catch {
    return from === "err" ? line : undefined;
  }
}
